"""An inverted index of the labels that pods carry: near linear, however common the labels are."""

from __future__ import annotations

from hslint.world.nearness import Nearby, same_namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from hslint.manifest import Manifest
    from hslint.selector import Selector
    from hslint.workload import ContainerPort, Pods

    #: Pods, each with the port of it that was looked for.
    Found: TypeAlias = list[tuple[Pods, ContainerPort]]


class Selection:
    """The pods that a selector matches, remembered for everyone who asks with the same one.

    So is all that is asked of them: many Services may select the same many pods.
    """

    __slots__ = (
        "_by_file",
        "_declared",
        "_ids",
        "_lacking",
        "_named",
        "_names",
        "_near",
        "_nearby",
        "_ports",
        "_serving",
        "_titles",
        "_whole",
        "pods",
    )

    def __init__(self, pods: list[Pods]) -> None:
        self.pods = pods
        self._ports: dict[tuple[str, str], Found] = {}
        self._ids: set[int] | None = None
        self._lacking: dict[tuple[str, str], list[Pods]] = {}
        self._nearby: Nearby | None = None
        self._near: dict[tuple[str, ...], Selection] = {}
        self._by_file: dict[str, list[Pods]] | None = None
        self._named: dict[str, list[ContainerPort]] | None = None
        self._declared: set[tuple[int | None, str]] | None = None
        self._names: set[str] | None = None
        self._titles: list[str] | None = None
        self._whole: Selection | None = None
        self._serving: Selection | None = None

    def __bool__(self) -> bool:
        return bool(self.pods)

    def __iter__(self) -> Iterator[Pods]:
        return iter(self.pods)

    def __len__(self) -> int:
        return len(self.pods)

    def __contains__(self, pods: Pods) -> bool:
        if self._ids is None:
            self._ids = set(map(id, self.pods))
        return id(pods) in self._ids

    # -- parts

    def nearest(self, of: Manifest) -> Selection:
        """Those of the pods that are written nearest to *of*: variants farther off are left out."""
        if len(self.pods) < 2:
            return self
        if self._nearby is None:
            self._nearby = Nearby(pods.file for pods in self.pods)
        places = self._nearby.places(of.file)
        found = self._near.get(places)
        if found is None:
            near = self._nearby.at(places)
            all_of_them = len(near) == len(self.pods)
            found = self if all_of_them else Selection([self.pods[number] for number in near])
            self._near[places] = found
        return found

    def within(self, file: str) -> list[Pods]:
        """Those of the pods that are written in *file*."""
        if self._by_file is None:
            self._by_file = {}
            for pods in self.pods:
                self._by_file.setdefault(pods.file, []).append(pods)
        return self._by_file.get(file, [])

    @property
    def whole(self) -> Selection:
        """Those of the pods whose template is no mere part of one."""
        if self._whole is None:
            self._whole = self._only([pods for pods in self.pods if not pods.partial])
        return self._whole

    @property
    def serving(self) -> Selection:
        """Those of the whole ones that run on: no Jobs."""
        if self._serving is None:
            jobs = ("Job", "CronJob")
            self._serving = self._only([p for p in self.whole.pods if p.owner.kind not in jobs])
        return self._serving

    def _only(self, some: list[Pods]) -> Selection:
        return self if len(some) == len(self.pods) else Selection(some)

    # -- what they have

    @property
    def names(self) -> set[str]:
        """The names of the workloads."""
        if self._names is None:
            self._names = {pods.owner.name for pods in self.pods}
        return self._names

    @property
    def titles(self) -> list[str]:
        """The workloads of the pods as messages name them, each once."""
        if self._titles is None:
            self._titles = list(dict.fromkeys(pods.owner.title for pods in self.pods))
        return self._titles

    def named_ports(self, name: str, protocol: str) -> Found:
        """The pods in which a named targetPort is found, each with the port it reaches."""
        found = self._ports.get((name, protocol))
        if found is None:
            found = [(p, port) for p in self.pods if (port := p.find_port(name, protocol))]
            self._ports[name, protocol] = found
        return found

    def lacking_port(self, name: str, protocol: str) -> list[Pods]:
        """The pods in which a named targetPort is not found."""
        found = self._lacking.get((name, protocol))
        if found is None:
            having = {id(pods) for pods, _ in self.named_ports(name, protocol)}
            found = [pods for pods in self.pods if id(pods) not in having]
            self._lacking[name, protocol] = found
        return found

    def ports_called(self, name: str) -> list[ContainerPort]:
        """The ports of this name, whatever their protocol, and whether or not a name finds them."""
        if self._named is None:
            self._named = {}
            for port in (port for pods in self.pods for port in pods.ports):
                self._named.setdefault(port.name, []).append(port)
        return self._named.get(name, [])

    def declares(self, number: int, protocol: str) -> bool:
        """Whether any of the pods declares a port of this number."""
        if self._declared is None:
            self._declared = {(p.number, p.protocol) for pods in self.pods for p in pods.ports}
        return (number, protocol) in self._declared


class LabelIndex:
    """Which pods carry which label.

    A selector takes the shortest list of one of its pairs and holds only those pods against the
    rest. What it found is remembered for its namespace.
    """

    def __init__(self) -> None:
        self.pods: list[Pods] = []
        self.nothing = Selection([])
        #: The numbers of the pods with a pair or a key, in a namespace (None: none is known of).
        self._pairs: dict[tuple[str, str], dict[str | None, list[int]]] = {}
        self._keys: dict[str, dict[str | None, list[int]]] = {}
        #: The same by prefix of keys.
        self._prefixes: dict[str, dict[str | None, list[int]]] = {}
        self._found: dict[tuple[str | None, object], Selection] = {}
        self._elsewhere: dict[tuple[object, str | None], Selection] = {}
        self._within: dict[str, list[Pods]] = {}

    def add(self, pods: Pods) -> None:
        """Index one more template."""
        number, namespace = len(self.pods), pods.owner.namespace
        self.pods.append(pods)
        self._within.setdefault(pods.file, []).append(pods)
        for pair in (*pods.labels.items(), *pods.replaced.items()):
            self._pairs.setdefault(pair, {}).setdefault(namespace, []).append(number)
        for key in pods.added:
            self._keys.setdefault(key, {}).setdefault(namespace, []).append(number)
        for prefix in pods.prefixes:
            self._prefixes.setdefault(prefix, {}).setdefault(namespace, []).append(number)

    def select(self, selector: Selector, namespace: str | None) -> Selection:
        """The pods of *namespace* (None: of any) that *selector* matches, in the files' order."""
        known = (namespace, selector.id)
        found = self._found.get(known)
        if found is None:
            candidates = [self.pods[number] for number in self._candidates(selector, namespace)]
            matching = [
                pods
                for pods in candidates
                if (namespace is None or pods.owner.namespace in (None, namespace))
                and selector.matches(pods)
            ]
            found = self._found[known] = Selection(matching)
        return found

    def select_elsewhere(self, selector: Selector, of: Manifest) -> Selection:
        """The pods that *selector* matches in namespaces that *of* cannot reach."""
        known = (selector.id, of.namespace)
        found = self._elsewhere.get(known)
        if found is None:
            everywhere = self.select(selector, None)
            others = [pods for pods in everywhere if not same_namespace(pods.owner, of)]
            found = self._elsewhere[known] = Selection(others)
        return found

    def within(self, file: str) -> Sequence[Pods]:
        """The pods that are written in *file*."""
        return self._within.get(file, ())

    def _candidates(self, selector: Selector, namespace: str | None) -> Iterable[int]:
        """The numbers of pods among which are all that match."""
        several = [self._carrying(*pair, namespace) for pair in selector.equal.items()]
        several += [
            [numbers for value in values for numbers in self._carrying(key, value, namespace)]
            for key, operator, values in selector.expressions
            if operator == "In"
        ]
        if not several:
            return range(len(self.pods))
        shortest = min(several, key=lambda lists: sum(map(len, lists)))
        if len(shortest) < 2:
            return shortest[0] if shortest else ()
        return sorted({number for numbers in shortest for number in numbers})

    def _carrying(self, key: str, value: str, namespace: str | None) -> list[list[int]]:
        """The lists of the pods that carry a label, or may."""
        found = [self._pairs.get((key, value)), self._keys.get(key)]
        found += [known for prefix, known in self._prefixes.items() if key.startswith(prefix)]
        return [numbers for known in found if known for numbers in _lists(known, namespace)]


def _lists(of_namespaces: dict[str | None, list[int]], namespace: str | None) -> list[list[int]]:
    """The lists for *namespace* (None: for any), none of them copied."""
    if namespace is None:
        return list(of_namespaces.values())
    return [of_namespaces[name] for name in (namespace, None) if name in of_namespaces]
