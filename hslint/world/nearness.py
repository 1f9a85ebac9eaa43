"""Which objects can meet, and which of several candidates is meant: the nearest."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
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
    return not set(places(one.file)).isdisjoint(places(other.file))


def nearest_first(candidates: list[T], of: Manifest) -> list[T]:
    """*candidates* by their distance from *of*; equally near ones keep their order."""
    if len(candidates) < 2:
        return candidates
    return sorted(candidates, key=lambda item: distance(of.file, item.file))


def nearest(candidates: list[T], of: Manifest) -> list[T]:
    """Those of *candidates* that are nearest to *of*: variants farther off are left out."""
    ordered = nearest_first(candidates, of)
    least = distance(of.file, ordered[0].file) if ordered else 0
    return [item for item in ordered if distance(of.file, item.file) == least]
