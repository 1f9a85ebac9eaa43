"""What is written beside an object, and the names that it can have meant."""

from __future__ import annotations

from heapq import merge
from itertools import islice
from operator import itemgetter

from hslint.suggest import around
from hslint.world.nearness import nearest_first, places, same_namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hslint.manifest import Manifest
    from hslint.workload import Pods
    from hslint.world import World


class Neighbours:
    """Indexed when first asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        #: By type, place and name, these in order; with their numbers.
        self._beside: dict[str, dict[str, dict[str, dict[int, Manifest]]]] = {}
        self._pods: PodsBeside | None = None
        self._names: dict[tuple[str, str | None], list[str]] = {}

    def of(self, kind: str, of: Manifest, like: str) -> list[Manifest]:
        """The objects of a type ("pods": all that make pods) written beside *of*, nearest first.

        Of very many, only those whose names are most *like* a name, if that is given.
        """
        index = self._beside.get(kind)
        if index is None:
            index = self._beside[kind] = self._by_place(kind)
        found: dict[int, Manifest] = {}
        for place in places(of.file):
            named = index.get(place, {})
            for name in around(like, list(named)) if like else named:
                found.update(named[name])
        reached = [found[n] for n in sorted(found) if same_namespace(found[n], of)]
        return nearest_first(reached, of)

    def _by_place(self, kind: str) -> dict[str, dict[str, dict[int, Manifest]]]:
        pods = (pods.owner for pods in self._world.pods)
        numbered = enumerate(pods if kind == "pods" else self._world.all(kind))
        index: dict[str, dict[str, dict[int, Manifest]]] = {}
        for number, manifest in sorted(numbered, key=lambda each: each[1].name):
            for place in places(manifest.file):
                index.setdefault(place, {}).setdefault(manifest.name, {})[number] = manifest
        return index

    def pods(self, of: Manifest) -> list[Pods]:
        """The pods written beside *of*, nearest first; of very many only the nearest."""
        if self._pods is None:
            self._pods = PodsBeside(self._world.pods)
        return self._pods.nearest(of)

    def names(self, kind: str, of: Manifest, like: str) -> Sequence[str]:
        """The names of this type that *of* can reach; of very many, those that are most *like*."""
        key = kind, of.namespace
        found = self._names.get(key)
        if found is None:
            reached = (m for m in self._world.all(kind) if same_namespace(m, of))
            found = self._names[key] = sorted({manifest.name for manifest in reached})
        return around(like, found)


class PodsBeside:
    """The pods written beside an object: in one folder, or one above, below or beside the other.

    Of very many only the nearest are told, and in the order of the files.
    """

    __slots__ = ("_at",)

    #: A person looks at fewer, and a rule says something of one or two.
    _MOST = 100
    _ANY = "*"

    def __init__(self, several: Iterable[Pods]) -> None:
        #: By place and namespace, with their numbers.
        self._at: dict[tuple[str, str, str | None], list[tuple[int, Pods]]] = {}
        for number, pods in enumerate(several):
            for place in self._places(pods.file):
                for namespace in (pods.owner.namespace, self._ANY):
                    self._at.setdefault((*place, namespace), []).append((number, pods))

    @staticmethod
    def _places(file: str) -> Iterator[tuple[str, str]]:
        """Where a file is, the nearest first."""
        yield "file", file
        yield "in", file.rpartition("/")[0]
        for place in places(file):
            yield "by", place

    def nearest(self, of: Manifest) -> list[Pods]:
        """Those that can be in the namespace of *of*, nearest first."""
        found: dict[int, Pods] = {}
        for place in self._places(of.file):
            found.update(islice(self._in(place, of.namespace), self._MOST))
            if len(found) >= self._MOST:
                break
        return nearest_first(list(found.values())[: self._MOST], of)

    def _in(self, place: tuple[str, str], namespace: str | None) -> Iterator[tuple[int, Pods]]:
        if namespace is None:
            return iter(self._at.get((*place, self._ANY), ()))
        own, unknown = (self._at.get((*place, name), []) for name in (namespace, None))
        return merge(own, unknown, key=itemgetter(0))
