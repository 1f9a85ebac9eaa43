"""What somebody probably meant by a field or value that the schema does not know."""

from __future__ import annotations

from hslint.schema.shape import Struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from hslint.schema.fault import Path

    Trail = tuple[tuple[Path, Struct], ...]

DEEP = 2


def meant(name: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *name* misspells: other case, other separators, a slip or two."""
    from hslint.suggest import closest  # imported only when there is a fault to explain

    known = [other for other in known if other]
    plain = _letters(name)
    same = [other for other in known if _letters(other) == plain]
    return same[0] if same else closest(name, known)


def home(name: str, value: Any, trail: Trail) -> Path | None:
    """The mapping nearest to the last of *trail* that has a field *name* fit for *value*.

    Steps up and steps down count alike. None when no place, or more than one place, is nearest.
    A label directly in a label selector belongs under matchLabels.
    """
    path, struct = trail[-1]
    if struct.name == "meta.v1.LabelSelector" and isinstance(value, str):
        return (*path, "matchLabels")
    found: dict[Path, int] = {}
    for up, (start, mapping) in enumerate(reversed(trail)):
        for down, place in _places(name, value, mapping, start, DEEP):
            found.setdefault(place, up + down)
    least = min(found.values(), default=0)
    nearest = [place for place, steps in found.items() if steps == least]
    return nearest[0] if len(nearest) == 1 else None


def _places(
    name: str, value: Any, struct: Struct, path: Path, deep: int
) -> Iterator[tuple[int, Path]]:
    """Yield the mappings at or under *struct* that have such a field, and how deep they are."""
    codes = struct.fields.codes
    if name in codes and struct.fields[name].ok(value):
        yield 0, path
    if deep:
        for field, code in codes.items():
            if code[0] == "@" and field != "status":
                shape = struct.fields[field]
                if isinstance(shape, Struct):
                    for down, place in _places(name, value, shape, (*path, field), deep - 1):
                        yield down + 1, place


def _letters(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()
