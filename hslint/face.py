"""What a rule may use of hslint, as ``hslint`` itself gives it."""

from hslint import formats
from hslint.backend import (
    ROUTES,
    Backend,
    backends,
    ingress_backends,
    plain_backends,
    route_backends,
)
from hslint.contract import (
    ERROR,
    INFO,
    SAFE,
    UNSAFE,
    WARNING,
    WORKLOADS,
    Problem,
    Rule,
    Severity,
    rule,
)
from hslint.document import Document, Spot
from hslint.fix import Fix
from hslint.hostnames import domain_of, host_names
from hslint.manifest import Manifest
from hslint.mentions import REFERRERS
from hslint.near_miss import NearMiss, namesakes, near_misses
from hslint.needs import Need, key_names, keys_of
from hslint.node import Node, written_path
from hslint.placeholder import has_placeholder
from hslint.plain import ALL, plain_at, plain_items
from hslint.profiles import APPARMOR, SECCOMP, SECCOMP_OF_ONE
from hslint.quantity import ONE, amount_of
from hslint.scale import ScaleTarget, scale_target
from hslint.schema import Schemas
from hslint.schema.fault import Fault
from hslint.schema.notation import is_time
from hslint.selector import PlainLabels, Selector, label_selector, map_selector
from hslint.service import ServicePort, is_alias, is_headless, service_ports
from hslint.suggest import closest
from hslint.suppress import Ignore
from hslint.workload import (
    ContainerPort,
    Pods,
    claim_templates,
    pods_of,
    with_metadata,
)
from hslint.world import World
from hslint.world.answer import Answer, Reference
from hslint.world.monitored import looks_in
from hslint.world.nearness import are_beside
from hslint.yaml.fault import YamlFault

__all__ = [
    "ALL",
    "APPARMOR",
    "ERROR",
    "INFO",
    "ONE",
    "REFERRERS",
    "ROUTES",
    "SAFE",
    "SECCOMP",
    "SECCOMP_OF_ONE",
    "UNSAFE",
    "WARNING",
    "WORKLOADS",
    "Answer",
    "Backend",
    "ContainerPort",
    "Document",
    "Fault",
    "Fix",
    "Ignore",
    "Manifest",
    "NearMiss",
    "Need",
    "Node",
    "PlainLabels",
    "Pods",
    "Problem",
    "Reference",
    "Rule",
    "ScaleTarget",
    "Schemas",
    "Selector",
    "ServicePort",
    "Severity",
    "Spot",
    "World",
    "YamlFault",
    "amount_of",
    "are_beside",
    "backends",
    "claim_templates",
    "closest",
    "domain_of",
    "formats",
    "has_placeholder",
    "host_names",
    "ingress_backends",
    "is_alias",
    "is_headless",
    "is_time",
    "key_names",
    "keys_of",
    "label_selector",
    "looks_in",
    "map_selector",
    "namesakes",
    "near_misses",
    "plain_at",
    "plain_backends",
    "plain_items",
    "pods_of",
    "route_backends",
    "rule",
    "scale_target",
    "service_ports",
    "with_metadata",
    "written_path",
]
