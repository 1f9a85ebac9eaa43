"""Which of the objects of one name can be meant: those of a namespace, the nearest first."""

from __future__ import annotations

from itertools import islice

from hslint.world.nearness import nearest_first

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias, TypeVar

    from hslint.manifest import Manifest
    from hslint.workload import Pods

    T = TypeVar("T", Manifest, Pods)
    #: The numbers of objects by file, by its folder with _JUST, and by each folder above it; and
    #: by namespace, or _ANY.
    Places: TypeAlias = dict[tuple[str, str | None], list[int]]

#: Any namespace; and just this folder, not those below it.
_ANY, _JUST = "*", "."
#: Of more than so many objects that have one name, about so few are told: they are variants.
_MANY, _FEW = 100, 20


class Namesakes:
    """Lists of objects, or of pods, of one name; many of a name are indexed when asked for."""

    def __init__(self) -> None:
        self._places: dict[int, Places] = {}
        #: What was told to the objects of the file that asked last: its objects ask the same.
        self._file = ""
        self._told: dict[tuple[int, str | None], list[Any]] = {}

    def within(self, found: list[T], namespace: str | None, of: Manifest) -> list[T]:
        """Those of *found* that can be in *namespace* (None: any), the nearest to *of* first."""
        if len(found) == 1:  # as nearly always
            only = found[0].namespace
            return found if namespace is None or only is None or only == namespace else []
        if of.file != self._file:
            self._file, self._told = of.file, {}
        key = id(found), namespace
        told = self._told.get(key)
        if told is None:
            if len(found) > _MANY:
                told = self._near(found, namespace, of)
            else:
                told = [m for m in found if namespace is None or m.namespace in (None, namespace)]
            told = self._told[key] = nearest_first(told, of)
        return told

    def first_in_file(self, found: list[Manifest], of: Manifest) -> Manifest:
        """The first of *found* that is in the very file and namespace of *of*, one of them."""
        if len(found) > _MANY:
            return found[self._index(found)[of.file, of.namespace][0]]
        file, namespace = of.file, of.namespace
        for each in found:
            if each is of or (each.namespace == namespace and each.file == file):
                return each
        raise ValueError(of)

    def _near(self, found: list[T], namespace: str | None, of: Manifest) -> list[T]:
        places = self._index(found)
        near: set[int] = set()
        above: list[str] = [p for folder in _folders(of.file) for p in (folder + _JUST, folder)]
        for place in (of.file, *above):
            for name in (_ANY,) if namespace is None else (namespace, None):
                near.update(islice(places.get((place, name), ()), _FEW))
            if len(near) >= _FEW:
                break
        return [found[number] for number in sorted(near)]

    def _index(self, found: list[T]) -> Places:
        places = self._places.get(id(found))
        if places is None:
            places = self._places[id(found)] = {}
            for number, each in enumerate(found):
                folders: list[str] = list(_folders(each.file))
                for place in (each.file, folders[0] + _JUST, *folders):
                    for name in (each.namespace, _ANY):
                        places.setdefault((place, name), []).append(number)
        return places


def _folders(file: str) -> Iterator[str]:
    """The folders of a file with their last "/", from its own up to the one without a name."""
    end = file.rfind("/") + 1
    while end:
        yield file[:end]
        end = file.rfind("/", 0, end - 1) + 1
    yield ""
