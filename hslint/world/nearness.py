"""Which objects can meet, and which of several candidates is meant: the nearest."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from hslint.manifest import Manifest
    from hslint.workload import Pods

    T = TypeVar("T", Manifest, Pods)


def same_namespace(one: Manifest, other: Manifest) -> bool:
    """Whether two objects can be in one namespace; an unknown namespace can be any."""
    a, b = one.namespace, other.namespace
    return a is None or b is None or a == b


def distance(a: str, b: str) -> int:
    """How far apart two files are: 0 one file, 1 one folder, then one for each step between."""
    if a == b:
        return 0
    folders_a, folders_b = a.split("/")[:-1], b.split("/")[:-1]
    shared = 0
    for left, right in zip(folders_a, folders_b, strict=False):
        if left != right:
            break
        shared += 1
    return 1 + len(folders_a) + len(folders_b) - 2 * shared


def places(file: str) -> tuple[str, ...]:
    """The folder of a file and the one above; files beside each other have one in common."""
    folder = file.rpartition("/")[0]
    parent = folder.rpartition("/")[0]
    return (folder, parent) if folder else (folder,)


def are_beside(one: Manifest, other: Manifest) -> bool:
    """Whether two objects are written in one folder, or one above, below or beside the other."""
    here = places(one.file)
    return any(place in here for place in places(other.file))


def can_meet(one: Manifest, client: Manifest) -> bool:
    """Whether an object can be taken to be in one cluster with *client*, and in its namespace.

    Objects without a namespace that are written far off mostly belong to other examples.
    """
    return bool(one.namespace) or are_beside(one, client)


def nearest_first(candidates: list[T], of: Manifest) -> list[T]:
    """*candidates* by their distance from *of*; equally near ones keep their order.

    What is only known by name comes last, wherever the config is that names it.
    """
    if len(candidates) < 2:
        return candidates
    file = of.file
    return sorted(candidates, key=lambda item: (item.is_elsewhere, distance(file, item.file)))


class Nearby:
    """Which of many files are nearest to one, for those who ask again and again.

    The folders above a file are gone through, and not the many: each folder knows those that are
    least deep below it. Files are told by their numbers.
    """

    __slots__ = ("_at",)

    def __init__(self, files: Iterable[str]) -> None:
        #: By file, and by folder with its last "/": how deep below it, and which.
        self._at: dict[str, tuple[int, list[int]]] = {}
        for number, file in enumerate(files):
            self._add(file, 0, number)
            end, depth = file.rfind("/") + 1, 0
            while end:
                self._add(file[:end], depth, number)
                end, depth = file.rfind("/", 0, end - 1) + 1, depth + 1
            self._add("", depth, number)

    def _add(self, place: str, depth: int, number: int) -> None:
        known = self._at.get(place)
        if known is None or depth < known[0]:
            self._at[place] = depth, [number]
        elif depth == known[0]:
            known[1].append(number)

    def places(self, file: str) -> tuple[str, ...]:
        """The file itself, or the folders below which the nearest are."""
        if file in self._at:
            return (file,)
        found: list[str] = []
        end, up, least = file.rfind("/") + 1, 0, -1
        while True:
            known = self._at.get(file[:end])
            if known is not None and (least < 0 or up + known[0] <= least):
                if up + known[0] < least:
                    found = []
                least = up + known[0]
                found.append(file[:end])
            if not end:
                return tuple(found)
            end, up = file.rfind("/", 0, end - 1) + 1, up + 1

    def at(self, places: tuple[str, ...]) -> list[int]:
        """Those that are at the places, in their order."""
        if len(places) == 1:
            return self._at[places[0]][1]
        return sorted({number for place in places for number in self._at[place][1]})
