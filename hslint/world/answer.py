"""What asking DNS for a host name of a manifest would give, and if nothing, why not."""

from __future__ import annotations

from hslint.piece import Piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.hosts import Host
    from hslint.manifest import Manifest
    from hslint.node import Node, Path
    from hslint.workload import Pods


class Record:
    """A host name read as a record below a Service.

    ``namespace`` is None where the client's own, unknown one is meant. ``host`` is the label of a
    pod, "" for the Service itself; ``port`` and ``protocol`` are those of an SRV name, without
    their underscores. ``full`` tells that the name has its ``svc``, so that it can be read in no
    other way.
    """

    __slots__ = ("full", "host", "namespace", "port", "protocol", "service")

    def __init__(self, labels: list[str], namespace: str | None, *, full: bool) -> None:
        self.host = self.port = self.protocol = ""
        self.service = labels[-1]
        self.namespace = namespace
        self.full = full
        if len(labels) == 2:
            self.host = labels[0]
        elif len(labels) == 3:
            self.port, self.protocol = labels[0][1:], labels[1][1:]


class Answer:
    """What a name leads to.

    ``fault`` says why it is not answered; it is "" when it is, or when too little is known to say
    that it is not (then ``services`` is empty). ``services`` are those it means, or those of that
    name in other namespaces, the nearest first. ``pods`` are those a pod's name belongs to, or is
    nearest to. ``detail`` is the name that was likely meant, or what is malformed.
    """

    __slots__ = ("detail", "fault", "pods", "record", "services")

    NO_SERVICE = "no Service has this name"
    OTHER_NAMESPACE = "the Service is in another namespace"
    NO_POD = "no pod of the Service has this name"
    ORDINAL = "the number is none of the workload's"
    NOT_GOVERNED = "the pod has its name below another Service, or none"
    BARE_POD = "a pod's name without its Service"
    NO_PORT = "the Service has no port of this name and protocol"
    MALFORMED = "no record can have this name"

    def __init__(
        self,
        record: Record | None = None,
        *,
        fault: str = "",
        detail: str = "",
        services: list[Manifest] | None = None,
        pods: Pods | None = None,
    ) -> None:
        self.record = record
        self.fault = fault
        self.detail = detail
        self.services = services or []
        self.pods = pods


class Reference:
    """A host name in a string of an object: where, and what DNS would answer its pods."""

    __slots__ = ("_is_whole", "_owner", "_path", "answer", "host", "pods")

    def __init__(
        self,
        owner: Manifest,
        path: Path,
        host: Host,
        answer: Answer,
        pods: Pods | None,
        *,
        is_whole: bool,
    ) -> None:
        self._owner = owner
        self._path = path
        self._is_whole = is_whole
        self.host = host
        self.answer = answer
        #: The pods that look it up; None where the text is no pod's own (a ConfigMap).
        self.pods = pods

    @property
    def at(self) -> Node:
        """Where the name is written: a part of a string, or the whole of it."""
        node = self._owner.root.at(self._path)
        return node if self._is_whole else Piece(node, self.host.start, self.host.name)

    @property
    def fault(self) -> str:
        """Why the name is not answered, or ""."""
        return self.answer.fault

    @property
    def is_known(self) -> bool:
        """Whether it is a name of the cluster, which its DNS answers."""
        found = self.answer
        return not found.fault and bool(found.services or self.record.full)

    @property
    def record(self) -> Record:
        """How the name was read; only of a name that was understood."""
        if self.answer.record is None:
            raise ValueError(self.host.name)
        return self.answer.record
