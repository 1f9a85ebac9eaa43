"""The host names that the pods of a workload will have, and the Service they have them below."""

from __future__ import annotations

from itertools import product

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.node import Node
    from hslint.workload import Pods

JOB_SET = "JobSet.jobset.x-k8s.io"
LEADER_WORKER_SET = "LeaderWorkerSet.leaderworkerset.x-k8s.io"
#: Workloads that give their pods no host names of their own; those of other kinds are not known.
_NAMELESS = frozenset(
    {
        "CloneSet.apps.kruise.io",
        "DaemonSet",
        "DaemonSet.apps.kruise.io",
        "Deployment",
        "DeploymentConfig.apps.openshift.io",
        "Job",
        "Pod",
        "ReplicaSet",
        "ReplicationController",
        "Rollout.argoproj.io",
    }
)
#: More than any workload has: the numbers are not known.
_ANY = range(1_000_000)
#: More names than this are not listed one by one.
_MOST = 10_000
#: Stands in a listed name for a number that is not known, or for one of very many.
NUMBER = "<n>"


class HostNames:
    """The names ``STEM-1-2``: a stem, and a number of each range; the stem alone without ranges."""

    __slots__ = ("ranges", "stem")

    def __init__(self, stem: str, *ranges: range) -> None:
        self.stem = stem
        self.ranges = ranges

    def __contains__(self, host: str) -> bool:
        numbers = self._numbers(host)
        return numbers is not None and all(
            number in known for number, known in zip(numbers, self.ranges, strict=True)
        )

    def __iter__(self) -> Iterator[str]:
        """Each of the names, in order; NUMBER stands in it for a number that is not known.

        So it does for all numbers of very many names.
        """
        from math import prod  # a check lists no names

        told = [known for known in self.ranges if known.stop != _ANY.stop]
        if prod(known.stop - known.start for known in told) > _MOST:
            told = []
        for numbers in product(*(known if known in told else (NUMBER,) for known in self.ranges)):
            yield "-".join([self.stem, *map(str, numbers)])

    @property
    def example(self) -> str:
        """The first of the names."""
        return "-".join([self.stem, *(str(numbers.start) for numbers in self.ranges)])

    def is_beyond(self, host: str) -> bool:
        """Whether *host* would be one of the names if there were more of them."""
        return self._numbers(host) is not None and host not in self

    def _numbers(self, host: str) -> list[int] | None:
        if not self.ranges:
            return [] if host == self.stem else None
        stem, *numbers = host.rsplit("-", len(self.ranges))
        if stem != self.stem or len(numbers) < len(self.ranges):
            return None
        if not all(n.isdecimal() and (n == "0" or n[0] != "0") for n in numbers):
            return None
        return [int(number) for number in numbers]


def host_labels(pods: Pods) -> Iterator[str]:
    """Each of the host names of *pods*, in order; nothing where they cannot be known."""
    for names in host_names(pods) or ():
        yield from names


def host_names(pods: Pods) -> list[HostNames] | None:
    """The host names of *pods*; None when they cannot be known from the manifest.

    Sources: pkg/controller/statefulset: initIdentity; pkg/controller/job (Indexed); the API
    packages of jobset.x-k8s.io and leaderworkerset.x-k8s.io; elsewhere the template's hostname.
    """
    owner, spec = pods.owner, pods.owner.spec
    if owner.kind == "StatefulSet":
        reserved = spec["reserveOrdinals"]  # of OpenKruise: some numbers are left out
        return [HostNames(owner.name, _ANY if reserved else pods.ordinals)]
    if owner.type == "Job" and spec["completionMode"].string == "Indexed":
        alone = spec["parallelism"].value is None  # then both are 1: SetDefaults_Job
        return [HostNames(owner.name, _count(spec["completions"], 1 if alone else _ANY.stop))]
    if owner.type == JOB_SET:
        return [_of_replicated_job(pods)]
    if owner.type == LEADER_WORKER_SET:
        groups = _count(spec["replicas"], 1)
        workers = range(1, _count(spec["leaderWorkerTemplate"]["size"], 1).stop)
        return [HostNames(owner.name, groups), HostNames(owner.name, groups, workers)]
    if owner.type not in _NAMELESS:
        return None
    name = pods.spec["hostname"].string
    return [HostNames(name)] if name else []


def built_host_names(pods: Pods) -> list[HostNames] | None:
    """The host names of *pods* as written, and with the prefixes and suffixes of kustomizations."""
    names, owner = host_names(pods), pods.owner
    if not names or owner.build is None:
        return names
    return names + [
        HostNames(built + each.stem.removeprefix(owner.name), *each.ranges)
        for built in sorted(owner.build.names)
        for each in names
        if each.ranges and each.stem.startswith(owner.name)
    ]


def _of_replicated_job(pods: Pods) -> HostNames:
    """``<jobset>-<replicated job>-<job>-<pod>``."""
    path = pods.template.path[len(pods.owner.root.path) :]
    job = pods.owner.root.at(path[: path.index("template")])
    stem = f"{pods.owner.name}-{job['name'].string}"
    completions = _count(job["template"]["spec"]["completions"])
    return HostNames(stem, _count(job["replicas"], 1), completions)


def _count(node: Node, default: int = _ANY.stop) -> range:
    number = node.integer
    return range(default if number is None else number)


def domain_of(pods: Pods) -> str:
    """The Service that *pods* take their DNS names from: serviceName, or the template's subdomain.

    The StatefulSet controller overwrites the subdomain (pkg/controller/statefulset: initIdentity),
    and so do those of JobSets and LeaderWorkerSets, which make that Service, too.
    """
    owner = pods.owner
    if owner.type == JOB_SET:
        return owner.spec["network"]["subdomain"].string or owner.name
    if owner.type == LEADER_WORKER_SET:
        policy = owner.spec["networkConfig"]["subdomainPolicy"].string
        return owner.name if policy != "UniquePerReplica" else ""
    if owner.kind == "StatefulSet":
        domain = owner.spec.mapping.get("serviceName")
    else:
        domain = pods.spec.mapping.get("subdomain")
    return domain if isinstance(domain, str) else ""
