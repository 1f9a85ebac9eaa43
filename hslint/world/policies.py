"""Which NetworkPolicies limit what pods may connect to, and the ports that they allow."""

from __future__ import annotations

from hslint.plain import plain_items
from hslint.selector import label_selector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.workload import Pods
    from hslint.world import World


class Policies:
    """What the policies for egress that select pods allow adds up."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._of: dict[int, list[Manifest]] | None = None
        #: The policy that was asked about last, and its ports: several rules ask in turn.
        self._asked: Manifest | None = None
        self._ports: list[tuple[Node, list[Pods]]] = []

    def for_egress_of(self, pods: Pods) -> list[Manifest]:
        """The policies for egress that select *pods*, in the order of the files."""
        if self._of is None:
            self._of = {}
            for policy in self._world.all("NetworkPolicy"):
                if _limits_egress(policy):
                    selector = label_selector(policy.spec["podSelector"])
                    for each in self._world.select(selector, policy):
                        self._of.setdefault(id(each), []).append(policy)
        return self._of.get(id(pods), [])

    def ports(self, policy: Manifest) -> Sequence[tuple[Node, list[Pods]]]:
        """Each single port that *policy* allows, with the pods that it is a port of, where known.

        Source: k8s.io/api/networking/v1: NetworkPolicyPort.
        """
        if self._asked is not policy:
            self._asked, self._ports = policy, list(self._ports_of(policy))
        return self._ports

    def _ports_of(self, policy: Manifest) -> Iterator[tuple[Node, list[Pods]]]:
        for selectors, entry in _entries(policy):
            listed = plain_items(entry.mapping.get("ports"))
            ports = [n for n, port in listed if port.get("port") and port.get("endPort") is None]
            if not ports:
                continue
            found = [self._world.select(label_selector(node), policy).pods for node in selectors]
            pods = [each for selected in found for each in selected]
            if all(found) and not any(each.partial for each in pods):
                for number in ports:
                    yield entry["ports"][number], pods


def _entries(policy: Manifest) -> Iterator[tuple[list[Node], Node]]:
    """Each rule with the selectors of the pods whose ports it means.

    Those are the policy's own for ingress; for egress the peers', if none is in a namespace of
    others. An empty selector means pods of all sorts: their ports are not held against it.
    """
    own = policy.spec["podSelector"]
    if own.mapping:
        for entry in policy.spec["ingress"]:
            yield [own], entry
    for entry in policy.spec["egress"]:
        peers = list(entry["to"])
        if peers and all(p["podSelector"].mapping and not p["namespaceSelector"] for p in peers):
            yield [peer["podSelector"] for peer in peers], entry


def _limits_egress(policy: Manifest) -> bool:
    """Whether a NetworkPolicy is about egress: it says so, or has rules for it.

    Source: pkg/apis/networking/v1: SetDefaults_NetworkPolicy.
    """
    types = policy.spec["policyTypes"]
    if types.value:
        return any(each.string == "Egress" for each in types)
    return bool(policy.spec["egress"].value)
