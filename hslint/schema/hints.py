"""What somebody probably meant by a field or value that the schema does not know."""

from __future__ import annotations

from hslint.schema.shape import Filled, Struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from hslint.schema.fault import Path

    # From the object down: each mapping on the way, its type and its path.
    Trail = tuple[tuple[Path, Struct, dict[str, Any]], ...]

DEEP = 2

# Names that were right in an older version or another tool, and what took their place.
FORMERLY = {
    ("networking.v1.IngressSpec", "backend"): "defaultBackend",
    ("networking.v1.IngressBackend", "serviceName"): "service",
    ("networking.v1.IngressBackend", "servicePort"): "service",
    ("autoscaling.v2.HorizontalPodAutoscalerSpec", "targetCPUUtilizationPercentage"): "metrics",
    ("core.v1.Container", "cmd"): "command",
    ("core.v1.Container", "entrypoint"): "command",
    ("core.v1.Container", "environment"): "env",
}


def hint(name: str, value: Any, trail: Trail) -> tuple[str | None, Path | None]:
    """What an unknown field *name* in the last of *trail* means: another field, or another place.

    At most one of the two is said: a name that differs in case alone, or was renamed; else the
    place it belongs to; else a name that is spelt alike.
    """
    _, struct, _ = trail[-1]
    plain = _letters(name)
    same = [known for known in struct.fields.codes if _letters(known) == plain]
    sure = same[0] if same else FORMERLY.get((struct.name, name))
    if sure:
        return sure, None
    place = home(name, value, trail)
    return (None, place) if place is not None else (meant(name, struct.fields.codes), None)


def meant(name: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *name* misspells."""
    from hslint.suggest import closest  # imported only when there is a fault to explain

    return closest(name, known)


def home(name: str, value: Any, trail: Trail) -> Path | None:
    """The mapping nearest to the last of *trail* that takes a field *name* with this *value*.

    Steps up and steps down count alike; what is up and down again must be written, or be metadata.
    None when no place, or more than one place, is nearest. A label written directly in a label
    selector belongs under matchLabels.
    """
    path, struct, _ = trail[-1]
    if struct.name == "meta.v1.LabelSelector" and isinstance(value, str):
        return (*path, "matchLabels")
    found: dict[Path, int] = {}
    for up, (start, mapping, written) in enumerate(reversed(trail)):
        for down, place in _places(name, value, mapping, start, DEEP):
            if not up or _is_written(place[len(start) :], written):
                found.setdefault(place, up + down)
    least = min(found.values(), default=0)
    nearest = [place for place, steps in found.items() if steps == least]
    return nearest[0] if len(nearest) == 1 else None


def _places(
    name: str, value: Any, struct: Struct, path: Path, deep: int
) -> Iterator[tuple[int, Path]]:
    """Yield the mappings at or under *struct* that have such a field, and how deep they are."""
    codes = struct.fields.codes
    if name in codes:
        shape = struct.fields[name]
        if (shape.inner if isinstance(shape, Filled) else shape).ok(value):
            yield 0, path
    if deep:
        for field, code in codes.items():
            if code[0] == "@" and field != "status":
                shape = struct.fields[field]
                if isinstance(shape, Struct):
                    for down, place in _places(name, value, shape, (*path, field), deep - 1):
                        yield down + 1, place


def _is_written(steps: Path, value: Any) -> bool:
    """Whether *value* has mappings all along *steps*; every object has metadata."""
    for step in steps:
        if step == "metadata":
            return True
        value = value.get(step)
        if not isinstance(value, dict):
            return False
    return True


def _letters(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()
