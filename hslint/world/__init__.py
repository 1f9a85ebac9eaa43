"""Every object of a run, indexed: it answers what rules ask about the others."""

from __future__ import annotations

from hslint.controllers import KINDS
from hslint.hostnames import domain_of
from hslint.needs import needs
from hslint.selector import map_selector
from hslint.service import is_alias
from hslint.workload import pods_of
from hslint.world.absence import Absence
from hslint.world.labels import LabelIndex
from hslint.world.minders import Minders
from hslint.world.monitored import Monitored
from hslint.world.namesakes import Namesakes
from hslint.world.nearness import nearest_first, same_namespace
from hslint.world.neighbours import Neighbours
from hslint.world.policies import Policies
from hslint.world.references import References
from hslint.world.services import Services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hslint.backend import Backend
    from hslint.contract import Severity
    from hslint.document import Document, Spot
    from hslint.manifest import Manifest
    from hslint.needs import Need
    from hslint.node import Node
    from hslint.selector import Selector
    from hslint.service import ServicePort
    from hslint.workload import Pods
    from hslint.world.labels import Selection


class World:
    """The objects of a run and how they meet.

    Objects meet only in one namespace; an object whose namespace is unknown meets any. Where the
    files hold several objects of one name (variants, overlays), all are answered, the nearest to
    the one who asks first: same file, same folder, nearest common folder. Of more than a hundred
    only some are, and near ones.
    """

    def __init__(
        self,
        manifests: Iterable[Manifest],
        *,
        minor: int = 37,
        cluster_domain: str = "cluster.local",
        closed: bool = False,
        gaps: Iterable[str] = (),
        generated: Iterable[tuple[str, str]] = (),
        external: Iterable[Manifest] = (),
    ) -> None:
        #: The Kubernetes 1.x checked against.
        self.minor = minor
        self.cluster_domain = cluster_domain
        self._by_name: dict[tuple[str, str], list[Manifest]] = {}
        self._namesakes = Namesakes()
        self._by_type: dict[str, list[Manifest]] = {}
        self._by_document: dict[int, list[Manifest]] = {}
        self._pods: dict[int, list[Pods]] = {}
        self._index = LabelIndex()
        self._selected: dict[int, Selection] = {}
        #: The namespaces that the files tell of: they are in them, or something in them is.
        self.namespaces: set[str] = set()
        self._services = Services(self)
        self._needs: dict[int, list[Need]] = {}
        for objects in (manifests, external):
            for manifest in objects:
                self._add(manifest)
        self._absence = Absence(
            self._by_type, self._index.pods, closed=closed, gaps=gaps, generated=generated
        )
        #: The host names that the objects refer to.
        self.hosts = References(self)
        self._policies = Policies(self)
        self._minders = Minders(self)
        self._monitored = Monitored(self)
        self._needed: set[tuple[str, str]] | None = None
        self._neighbours = Neighbours(self)

    def _add(self, manifest: Manifest) -> None:
        type_, name = manifest.type, manifest.name
        self._by_name.setdefault((type_, name), []).append(manifest)
        for built in manifest.build.names if manifest.build else ():
            self._by_name.setdefault((type_, built), []).append(manifest)
        self._by_type.setdefault(type_, []).append(manifest)
        self._by_document.setdefault(id(manifest.document), []).append(manifest)
        if manifest.namespace is not None:
            self.namespaces.add(manifest.namespace)
        if type_ == "Namespace":
            self.namespaces.add(name)
        if type_ in KINDS:
            self._pods[id(manifest)] = [written.built for written in pods_of(manifest)]
            for pods in self._pods[id(manifest)]:
                self._index.add(pods)
                self._services.add(pods)
                self._needs[id(pods)] = list(needs(pods))
                pods.forget()

    def forget(self, manifest: Manifest) -> None:
        """Let go of the nodes made while rules looked at an object; they are made anew if asked."""
        manifest.forget()
        for pods in self.pods_of(manifest):
            pods.forget()

    # -- objects

    def all(self, kind: str) -> list[Manifest]:
        """Every object of a type, in the order of the files."""
        return self._by_type.get(kind, [])

    @property
    def types(self) -> Iterable[str]:
        """The types of the objects there are, in the order of the files."""
        return self._by_type

    def named(self, kind: str, name: str, of: Manifest) -> list[Manifest]:
        """The objects of this type and name that *of* can reach, nearest first."""
        return self.named_in(of.namespace, kind, name, of)

    def named_in(self, namespace: str | None, kind: str, name: str, of: Manifest) -> list[Manifest]:
        """Those that can be in *namespace* (None: any), the nearest to *of* first."""
        found = self._by_name.get((kind, name), [])
        return self._namesakes.within(found, namespace, of) if found else found

    def written_before(self, manifest: Manifest) -> Manifest | None:
        """The object of the same kind, namespace and name above *manifest* in its file, if any."""
        found = self._by_name.get((manifest.type, manifest.name), [])
        if len(found) < 2:
            return None
        first = self._namesakes.first_in_file(found, manifest)
        return None if first is manifest else first

    def elsewhere(self, kind: str, name: str, of: Manifest) -> list[Manifest]:
        """The objects of this type and name in other namespaces, nearest first."""
        found = self._by_name.get((kind, name), [])
        return nearest_first([m for m in found if not same_namespace(m, of)], of)

    def all_named(self, kind: str, name: str) -> list[Manifest]:
        """The objects of this type and name in all namespaces."""
        return self._by_name.get((kind, name), [])

    def names(self, kind: str, of: Manifest, like: str) -> Sequence[str]:
        """The names of this type that *of* can reach; of very many, those that are most *like*."""
        return self._neighbours.names(kind, of, like)

    def beside(self, kind: str, of: Manifest, like: str = "") -> list[Manifest]:
        """The objects of a type ("pods": all that make pods) written beside *of*, nearest first.

        Beside: in the same folder, the one above, one below or a sibling; and where *of* reaches.
        Of very many, only those whose names are most *like* a name that is given.
        """
        return self._neighbours.of(kind, of, like)

    def objects_in(self, document: Document) -> Sequence[Manifest]:
        """The objects of a document."""
        return self._by_document.get(id(document), ())

    def owner_of(self, node: Node | Spot) -> Manifest | None:
        """The object that *node* is a part of."""
        for manifest in self._by_document.get(id(node.document), ()):
            if node.path[: len(manifest.root.path)] == manifest.root.path:
                return manifest
        return None

    @staticmethod
    def is_built(manifest: Manifest) -> bool:
        """Whether a kustomization uses the object, so that it is not applied as written."""
        return manifest.build is not None

    # -- pods

    def pods_of(self, manifest: Manifest) -> list[Pods]:
        """The pods that a workload makes, as kustomizations build them; several sorts for some."""
        return self._pods.get(id(manifest), [])

    def pods_in(self, file: str) -> Sequence[Pods]:
        """The pods of the workloads of a file."""
        return self._index.within(file)

    @property
    def pods(self) -> list[Pods]:
        """The pods of every workload."""
        return self._index.pods

    def select(self, selector: Selector, of: Manifest) -> Selection:
        """The pods that *selector* matches in the namespace of *of*."""
        return self._index.select(selector, of.namespace)

    def select_elsewhere(self, selector: Selector, of: Manifest) -> Selection:
        """The pods that *selector* matches in namespaces that *of* cannot reach."""
        return self._index.select_elsewhere(selector, of)

    def pods_beside(self, of: Manifest) -> list[Pods]:
        """The pods written beside *of* that could be meant, nearest first."""
        return self._neighbours.pods(of)

    def selected_by(self, service: Manifest) -> Selection:
        """The pods behind a Service: none without a selector or for type ExternalName.

        Source: pkg/controller/endpointslice: syncService; ExternalName and nil selectors are left
        alone, and an empty selector is stored as none.
        """
        found = self._selected.get(id(service))
        if found is None:
            found = self._index.nothing
            selector = map_selector(service.spec["selector"])
            if selector and not is_alias(service):
                found = self.select(selector, service)
            self._selected[id(service)] = found
        return found

    def services_selecting(self, pods: Pods) -> Sequence[Manifest]:
        """The Services whose selector matches *pods*."""
        return self._services.selecting(pods).services

    def headless_services_selecting(self, pods: Pods) -> Sequence[Manifest]:
        """The headless ones that are nearest: each could give *pods* their names."""
        return self._services.selecting(pods).headless(pods)

    # -- Services

    def governing(self, pods: Pods) -> list[Manifest]:
        """The Services that may be meant as the one that names *pods*, nearest first.

        One that is written in the very file, and meant for the same namespace, leaves no doubt.
        """
        name, owner = domain_of(pods), pods.owner
        found = self.named("Service", name, owner) if name else []
        here = [s for s in found if s.file == owner.file and s.namespace == owner.namespace]
        return here or found

    def governed_by(self, service: Manifest) -> list[Pods]:
        """The pods that take their DNS names from *service*, nearest first.

        Those of StatefulSets whose serviceName names it, and of other workloads whose template has
        it as subdomain (k8s.io/endpointslice: ShouldSetHostname).
        """
        return self._services.governed_by(service)

    def naming(self, service: Manifest) -> Sequence[Pods]:
        """The pods of all namespaces that take their DNS names from a Service of this name."""
        return self._services.naming(service.name)

    def endpoints_of(self, service: Manifest) -> list[Manifest]:
        """The Endpoints and EndpointSlices written by hand for a Service."""
        return self._services.endpoints_of(service)

    def node_ports(
        self, number: int, protocol: str, file: str
    ) -> list[tuple[Manifest, ServicePort]]:
        """The Service ports of *file* that ask for this port of the nodes, in their order."""
        return self._services.node_ports(number, protocol, file)

    def backends_on(self, service: Manifest) -> list[Backend]:
        """The references of Ingresses and Gateway API routes to *service*."""
        return self._services.backends_on(service)

    def monitored_by(self, monitor: Manifest) -> list[Manifest]:
        """The Services that a ServiceMonitor selects, in the order of the files."""
        return self._monitored.by(monitor)

    def services_behind(self, backend: Backend) -> list[Manifest]:
        """The Services that may be meant by *backend*, nearest first."""
        return self._services.behind(backend)

    # -- what pods need

    def needs(self, pods: Pods) -> list[Need]:
        """The ConfigMaps, Secrets, claims and ServiceAccounts that *pods* name."""
        return self._needs.get(id(pods), [])

    def is_needed(self, manifest: Manifest) -> bool:
        """Whether any pods name an object of this type and name."""
        if self._needed is None:
            found = (need for needed in self._needs.values() for need in needed)
            self._needed = {(need.kind, need.called) for need in found}
        return (manifest.type, manifest.name) in self._needed

    # -- what else acts on pods

    def egress_policies(self, pods: Pods) -> list[Manifest]:
        """The NetworkPolicies that limit what *pods* may connect to."""
        return self._policies.for_egress_of(pods)

    def policy_ports(self, policy: Manifest) -> Iterable[tuple[Node, list[Pods]]]:
        """Each single port that a NetworkPolicy allows, with the pods that it is a port of."""
        return self._policies.ports(policy)

    def is_scaled(self, workload: Manifest) -> bool:
        """Whether an autoscaler sets the replicas of *workload*."""
        return bool(self.scalers_of(workload.type, workload.name, workload))

    def scalers_of(self, kind: str, name: str, of: Manifest) -> list[Manifest]:
        """The autoscalers of a workload in the namespace of *of*, in the order of the files."""
        return self._minders.scalers(kind, name, of)

    def budgets_of(self, pods: Pods) -> list[Manifest]:
        """The PodDisruptionBudgets that select *pods*, in the order of the files."""
        return self._minders.budgets(pods)

    def protected_by(self, budget: Manifest) -> Selection:
        """The pods that a PodDisruptionBudget is for."""
        return self._minders.protected_by(budget)

    # -- being sure

    def absence(self, of: Manifest, kind: str) -> Severity:
        """How bad it is that *of* needs an object of *kind* ("pods" for any) that is not here.

        A warning; info when something outside the files, or that hslint cannot read, could well
        have made it; an error in a closed world.
        """
        return self._absence.severity(of, kind)

    def is_made(self, kind: str, name: str) -> bool:
        """Whether something in the files makes, or may make, this object without writing it out."""
        return self._absence.is_made(kind, name)

    def is_filled(self, kind: str, name: str) -> bool:
        """Whether something in the files may write more into this object than is written out."""
        return self._absence.is_filled(kind, name)
