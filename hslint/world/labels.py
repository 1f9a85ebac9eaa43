"""An inverted index of the labels that pods carry: near linear, however common the labels are."""

from __future__ import annotations

from hslint.world.nearness import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.manifest import Manifest
    from hslint.selector import Selector
    from hslint.workload import ContainerPort, Pods


class Selection:
    """The pods that a selector matches, remembered for everyone who asks with the same one."""

    __slots__ = ("_ports", "pods")

    def __init__(self, pods: list[Pods]) -> None:
        self.pods = pods
        self._ports: dict[tuple[str, str], list[tuple[Pods, ContainerPort]]] = {}

    def __bool__(self) -> bool:
        return bool(self.pods)

    def __iter__(self) -> Iterator[Pods]:
        return iter(self.pods)

    def __len__(self) -> int:
        return len(self.pods)

    def nearest(self, of: Manifest) -> list[Pods]:
        """Those of the pods that are written nearest to *of*."""
        return nearest(self.pods, of)

    def named_ports(self, name: str, protocol: str) -> list[tuple[Pods, ContainerPort]]:
        """The pods in which a named targetPort is found, each with the port it reaches."""
        found = self._ports.get((name, protocol))
        if found is None:
            found = [(p, port) for p in self.pods if (port := p.find_port(name, protocol))]
            self._ports[name, protocol] = found
        return found


class LabelIndex:
    """Which pods carry which label.

    A selector takes the shortest list of one of its pairs and holds only those pods against the
    rest. What it found is remembered for its namespace.
    """

    def __init__(self) -> None:
        self.pods: list[Pods] = []
        self.nothing = Selection([])
        self._pairs: dict[tuple[str, str], list[Pods]] = {}
        self._keys: dict[str, list[Pods]] = {}
        self._open: list[Pods] = []
        self._found: dict[tuple[str | None, object], Selection] = {}

    def add(self, pods: Pods) -> None:
        """Index one more template."""
        self.pods.append(pods)
        for pair in (*pods.labels.items(), *pods.replaced.items()):
            self._pairs.setdefault(pair, []).append(pods)
        for key in pods.added:
            self._keys.setdefault(key, []).append(pods)
        if pods.prefixes:
            self._open.append(pods)

    def select(self, selector: Selector, namespace: str | None) -> Selection:
        """The pods of *namespace* (None: of any) that *selector* matches, in the files' order."""
        known = (namespace, selector.id)
        found = self._found.get(known)
        if found is None:
            found = self._found[known] = Selection(
                [
                    pods
                    for pods in self._candidates(selector)
                    if (namespace is None or pods.owner.namespace in (None, namespace))
                    and selector.matches(pods)
                ]
            )
        return found

    def _candidates(self, selector: Selector) -> list[Pods]:
        if not selector.equal:
            return self.pods
        lists = [
            self._pairs.get((key, value), []) + self._keys.get(key, [])
            for key, value in selector.equal.items()
        ]
        return min(lists, key=len) + self._open
