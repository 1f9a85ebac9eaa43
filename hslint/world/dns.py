"""Looks a host name up among the objects of the files, as CoreDNS would in the cluster.

Sources: kubernetes/dns docs/specification.md (the records), coredns plugin/kubernetes (parse.go;
kubernetes.go: findServices), kubelet pkg/kubelet/network/dns (the search path).
"""

from __future__ import annotations

from hslint.hostnames import built_host_names, domain_of
from hslint.service import endpoint_ports, is_alias, is_headless, service_ports
from hslint.suggest import around, misspelt, slips
from hslint.world.answer import Answer, Record
from hslint.world.nearness import are_beside, can_meet, nearest_first, same_namespace
from hslint.world.zone import ELSEWHERE, MALFORMED, RELATIVE, is_address, split_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from hslint.hostnames import HostNames
    from hslint.manifest import Manifest
    from hslint.workload import Pods
    from hslint.world import World

#: Services that every cluster has, or that add-ons commonly bring.
EVERYWHERE = frozenset(
    {("kubernetes", "default"), ("kube-dns", "kube-system"), ("metrics-server", "kube-system")}
)
#: The answer to what need not be a name of the cluster.
_NOTHING = Answer()


class Dns:
    """Answers for host names; each is looked up once for the objects of a file and namespace."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._zone = world.cluster_domain.lower().split(".")
        self._answers: dict[tuple[str, str | None, str], Answer] = {}
        #: The namespaces of the Services; one of which the files hold none is somebody else's.
        self._served = {service.namespace for service in world.all("Service")}
        names = {service.name for service in world.all("Service")}
        self._names = sorted(names)
        #: What may stand last in a name: a Service, or a namespace.
        self._endings = names | world.namespaces
        self._slips: dict[str, list[str]] = {}
        #: Custom workloads by name: their controllers make Services for them.
        self._makers: dict[str, list[Pods]] = {}
        for pods in world.pods:
            if "." in pods.owner.type:
                for name in {pods.owner.name, domain_of(pods)}:
                    self._makers.setdefault(name, []).append(pods)
        self._made_by = {name.partition("-")[0] for name in self._makers}

    def resolve(self, host: str, client: Manifest) -> Answer:
        """Look *host* up as a pod of *client* would: along its search path, in its namespace."""
        key = (host.lower(), client.namespace, client.file)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._resolve(host, client)
            if not (answer.fault or answer.services or (answer.record and answer.record.full)):
                answer = _NOTHING  # as nearly all words that could be names
            self._answers[key] = answer
        return answer

    def _resolve(self, host: str, client: Manifest) -> Answer:
        kind, labels, fault = split_name(host, self._zone)
        if kind is ELSEWHERE:
            return Answer()
        if kind is MALFORMED:
            return Answer(fault=Answer.MALFORMED, detail=fault)
        if kind is RELATIVE and len(labels) == 1:
            return self._single(labels, client)
        look_up = self._dotted if kind is RELATIVE else self._full
        return look_up(labels, client)

    # -- the three forms of a name

    def _full(self, labels: list[str], client: Manifest) -> Answer:
        """A name with ``svc``."""
        *rest, namespace = labels
        if self._lacks_namespace(labels, client):
            text = f"the namespace of Service `{namespace}` is missing before `svc`"
            return Answer(fault=Answer.MALFORMED, detail=text)
        if _is_record(rest):
            return self._look_up(Record(rest, namespace, full=True), client)
        if len(rest) < 2 or not self._services(rest[-1], namespace, client):
            return Answer()
        text = (
            f"`{'.'.join(rest[:-1])}` stands before Service `{rest[-1]}`, where only the host name"
            " of a pod can stand, or `_PORT._PROTOCOL`"
        )
        return Answer(fault=Answer.MALFORMED, detail=text)

    def _lacks_namespace(self, labels: list[str], client: Manifest) -> bool:
        """Whether the last label is a Service of the client's, and no namespace."""
        if len(labels) > 2 or labels[-1] in self._world.namespaces:
            return False
        services = self._world.named("Service", labels[-1], client)
        if len(labels) == 1:
            return bool(services)
        return any(labels[0] in names for s in services for names in self._names_below(s))

    def _dotted(self, labels: list[str], client: Manifest) -> Answer:
        """A name along the search path: first in the client's namespace, then with its own."""
        first, last = labels[0], labels[-1]
        is_numbered = "-" in first and first[-1].isdecimal()
        if not (is_numbered or first[:1] == "_" or self.may_end_hosts((last,))):
            return _NOTHING  # as nearly all words with a dot in them
        answers = []
        if _is_record(labels):
            answers.append(self._look_up(Record(labels, client.namespace, full=False), client))
        if _is_record(labels[:-1]) and labels[-1] in self._world.namespaces:
            answers.append(self._look_up(Record(labels[:-1], labels[-1], full=False), client))
        best = next((a for a in answers if a.services and not a.fault), None)
        best = best or next((a for a in answers if a.fault), None) or Answer()
        if best.fault == Answer.NO_POD and len(labels) == 2 and not labels[0][-1:].isdecimal():
            return Answer()  # as likely a Service of a namespace that is not here
        return best

    def may_end_hosts(self, labels: Collection[str]) -> bool:
        """Whether a name with dots that ends in one of *labels* may be the cluster's: few are."""
        if not self._endings.isdisjoint(labels):
            return True
        # Custom workloads are few, and mostly there is none.
        made = self._made_by
        return bool(made) and any(label.partition("-")[0] in made for label in labels)

    def _single(self, labels: list[str], client: Manifest) -> Answer:
        """A single label: a Service, or a pod's own name, which nobody else can resolve."""
        record = Record(labels, client.namespace, full=False)
        services = self._services(record.service, client.namespace, client)
        if services or self._made(record, client):
            return Answer(record, services=services)
        pods = self._pods_named(record.service, client.namespace, client)
        if pods is not None:
            return Answer(record, fault=Answer.BARE_POD, pods=pods)
        return self._no_service(record, client)

    # -- records

    def _look_up(self, record: Record, client: Manifest) -> Answer:
        services = self._services(record.service, record.namespace, client)
        if not services:
            return self._no_service(record, client)
        if all(map(is_alias, services)):
            return Answer(record, services=services)
        if record.port:
            return self._srv(record, services)
        return self._pod(record, services) if record.host else Answer(record, services=services)

    def _services(self, name: str, namespace: str | None, client: Manifest) -> list[Manifest]:
        """The Services of a name that can be in *namespace* (None: the client's, unknown one)."""
        found = self._world.named_in(namespace, "Service", name, client)
        return [service for service in found if can_meet(service, client)]

    def _no_service(self, record: Record, client: Manifest) -> Answer:
        """Why there is no such Service, as far as the files can tell."""
        if (record.service, record.namespace) in EVERYWHERE:
            return Answer(record)
        makers = self._made(record, client)
        if makers:
            known = [pods for pods in makers if domain_of(pods) == record.service]
            return self._pod_of(record, known) if known else Answer(record)
        others = nearest_first(self._world.all_named("Service", record.service), client)
        if others:
            return self._in_other_namespace(record, others, client)
        pods = self._pods_named(record.host, record.namespace, client)
        if pods is None:
            return self._unknown(record, client)
        if domain_of(pods) == record.service:
            return Answer(record)  # it is the workload that lacks this Service
        return Answer(record, fault=Answer.NOT_GOVERNED, pods=pods)

    def _unknown(self, record: Record, client: Manifest) -> Answer:
        """Nothing of the name is known: a fault where it must be here, or is a slip for another."""
        if record.full and record.namespace not in self._served:
            return Answer(record)
        if record.host and not record.full:
            return Answer(record)  # as likely a name outside the cluster
        meant = (n for n in self._near(record.service) if self._may_be_meant(n, record, client))
        near = next(meant, None)
        if not near and not record.full:
            return Answer(record)
        return Answer(record, fault=Answer.NO_SERVICE, detail=near or "")

    def _in_other_namespace(
        self, record: Record, others: list[Manifest], client: Manifest
    ) -> Answer:
        """There is such a Service, but in another namespace: a mistake only if it is near.

        A namespace of which the files hold nothing may have its own.
        """
        if any(other.namespace in (None, record.namespace) for other in others):
            return Answer(record)  # one that is written far off
        found = others[0].namespace or ""
        if record.full:
            slip = misspelt(record.namespace or "", [found])
            is_meant = record.namespace in self._served or slip is not None
        elif record.host and not any(record.host in n for n in self._names_below(others[0])):
            is_meant = False
        else:
            is_meant = are_beside(client, others[0])
        if not is_meant:
            return Answer(record)
        return Answer(record, fault=Answer.OTHER_NAMESPACE, detail=found, services=others)

    def _pod(self, record: Record, services: list[Manifest]) -> Answer:
        """A pod's name below a Service: one of the host names that its pods will have."""
        governed = [pods for service in services for pods in self._world.governed_by(service)]
        answer = self._pod_of(record, governed)
        if not answer.fault or is_address(record.host):
            return Answer(record, services=services, pods=answer.pods)
        if any(self._world.endpoints_of(service) for service in services):
            return Answer(record, services=services)  # they may have any names
        answer.services = services
        if answer.fault == Answer.ORDINAL:
            return answer
        other = self._pods_named(record.host, record.namespace, services[0])
        if other is not None:
            return Answer(record, fault=Answer.NOT_GOVERNED, services=services, pods=other)
        pods = governed + [p for service in services for p in self._world.selected_by(service)]
        if not pods or any(built_host_names(each) is None for each in pods):
            return Answer(record)
        return Answer(record, fault=Answer.NO_POD, services=services, pods=pods[0])

    def _pod_of(self, record: Record, candidates: list[Pods]) -> Answer:
        """The pods among *candidates* that are called so, or would be if there were more."""
        beyond = None
        for pods in candidates:
            names = built_host_names(pods)
            if names is None or not record.host or any(record.host in each for each in names):
                return Answer(record, pods=pods)
            if beyond is None and any(each.is_beyond(record.host) for each in names):
                beyond = pods
        fault = Answer.NO_POD if beyond is None else Answer.ORDINAL
        return Answer(record, fault=fault, pods=beyond or next(iter(candidates), None))

    def _srv(self, record: Record, services: list[Manifest]) -> Answer:
        """A port's name: of the Service, or of endpoints written by hand for a headless one."""
        wanted = record.port, record.protocol
        for service in services:
            ports = [(port.name, port.protocol) for port in service_ports(service)]
            if is_headless(service):
                for written in self._world.endpoints_of(service):
                    for part in (written.root, *written["subsets"]):
                        ports += endpoint_ports(part["ports"])
            if any((name.lower(), protocol.lower()) == wanted for name, protocol in ports):
                return Answer(record, services=services)
        return Answer(record, fault=Answer.NO_PORT, services=services)

    # -- what else the name could mean

    def _pods_named(self, host: str, namespace: str | None, client: Manifest) -> Pods | None:
        """The nearest pods of a StatefulSet or Indexed Job that are called *host*."""
        stem, _, number = host.rpartition("-")
        if not number.isdecimal():
            return None  # so it is for a Service's own name, whose host is ""
        for kind in ("StatefulSet", "Job"):
            for owner in self._world.named_in(namespace, kind, stem, client):
                if can_meet(owner, client):
                    for pods in self._world.pods_of(owner):
                        names = built_host_names(pods) or ()
                        if any(host in each or each.is_beyond(host) for each in names):
                            return pods
        return None

    def _names_below(self, service: Manifest) -> Iterator[HostNames]:
        for pods in self._world.governed_by(service):
            yield from built_host_names(pods) or ()

    def _made(self, record: Record, client: Manifest) -> list[Pods]:
        """The custom workloads whose controller makes this Service: it is named after them."""
        name = record.service
        while name:
            found = [p for p in self._makers.get(name, ()) if same_namespace(p.owner, client)]
            if found:
                return found
            name = name.rpartition("-")[0]
        return []

    def _near(self, name: str) -> list[str]:
        """The names of Services that a misspelt one can have meant, anywhere."""
        found = self._slips.get(name)
        if found is None:
            found = self._slips[name] = slips(name, around(name, self._names))
        return found

    def _may_be_meant(self, name: str, record: Record, client: Manifest) -> bool:
        """Whether there is a Service *name* where the one of a misspelt record would be."""
        return any(
            record.namespace is None or service.namespace in (None, record.namespace)
            for service in self._world.all_named("Service", name)
            if can_meet(service, client)
        )


def _is_record(labels: list[str]) -> bool:
    """Whether the labels left of a namespace are those of a record: Service, host, or SRV."""
    if len(labels) == 3:
        return labels[0][:1] == "_" and labels[1] in ("_tcp", "_udp", "_sctp")
    return len(labels) in (1, 2) and labels[0][:1] != "_"
