"""Why a value does not fit its type: the slow walk, for values that the quick one refused."""

from __future__ import annotations

from hslint.placeholder import has_placeholder
from hslint.schema.fault import Fault
from hslint.schema.hints import hint, meant
from hslint.schema.shape import (
    Closed,
    Dropped,
    Filled,
    Formatted,
    ListOf,
    MapOf,
    Ranged,
    Struct,
    Whole,
)
from hslint.schema.table import spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hslint.schema.fault import Path
    from hslint.schema.hints import Trail
    from hslint.schema.shape import Kind, Narrowing, Shape
    from hslint.schema.table import Table


def explain(table: Table, kind: Kind, value: dict[str, Any]) -> list[Fault]:
    """Return what is wrong with *value*, in the order it is written.

    Text that a later step fills in is no value yet: it fits everywhere.
    """
    faults = list(_walk(table, kind, value, (), ()))
    for narrowing in kind.narrowings:
        for fault in _narrowed(narrowing, value):
            if fault.kind == "unsupported-value":  # says more than the type's own list of values
                faults = [other for other in faults if other.path != fault.path]
            faults.append(fault)
    return faults


def explain_part(table: Table, shape: Shape, value: Any, path: Path) -> list[Fault]:
    """Return what is wrong with the *value* of a part of an object, which *path* leads to."""
    return [] if shape.ok(value) else list(_walk(table, shape, value, path, ()))


def _walk(table: Table, shape: Shape, value: Any, path: Path, trail: Trail) -> Iterator[Fault]:
    if isinstance(shape, (Dropped, Filled)):
        yield from _wrapped(table, shape, value, path, trail)
        return
    if isinstance(shape, Struct):
        if value is None or isinstance(value, dict):
            value = value or {}
            yield from _struct(table, shape, value, path, (*trail, (path, shape, value)))
            return
    elif isinstance(shape, ListOf) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(table, shape.item, item, (*path, index), trail)
        return
    elif isinstance(shape, MapOf) and isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(table, shape.item, item, (*path, key), trail)
        return
    if not shape.ok(value) and not is_unfinished(value):
        yield _misfit(table, shape, value, path, trail)


def _wrapped(
    table: Table, shape: Dropped | Filled, value: Any, path: Path, trail: Trail
) -> Iterator[Fault]:
    """Yield the faults of what must hold something, or of what the server reads and drops."""
    if isinstance(shape, Filled) and value in ("", []):
        yield Fault("empty-field", path, str(path[-1]), value=value)
        return
    found = list(_walk(table, shape.inner, value, path, trail))
    if isinstance(shape, Dropped):
        found = [each for each in found if each.kind in ("unknown-field", "wrong-type")]
        found = found or [Fault("dropped-field", path, str(path[-1]), value=value)]
    yield from found


def _struct(
    table: Table, struct: Struct, value: dict[str, Any], path: Path, trail: Trail
) -> Iterator[Fault]:
    for name, inner in value.items():
        try:
            shape = struct.fields[name]
        except KeyError:
            if not is_unfinished(name):
                yield _unknown(table, name, inner, trail)
            continue
        if inner is not None:
            yield from _walk(table, shape, inner, (*path, name), trail)
    for name in struct.required:
        if value.get(name) is None:
            shape = struct.fields[name]
            allowed = shape.values if isinstance(shape, Closed) else ()
            yield Fault("missing-field", path, name, expected=shape.word, allowed=allowed)


def _unknown(table: Table, name: str, value: Any, trail: Trail) -> Fault:
    path, struct, _ = trail[-1]
    near, belongs = hint(name, value, trail)
    since, until = _lifetime(table, struct.name, name)
    return Fault(
        "unknown-field",
        (*path, name),
        name,
        value=value,
        allowed=tuple(struct.fields.codes),
        near=near,
        belongs=belongs,
        since=since,
        until=until,
    )


def _misfit(table: Table, shape: Shape, value: Any, path: Path, trail: Trail) -> Fault:
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    if isinstance(shape, Closed) and isinstance(value, str):
        since, until = _lifetime(table, trail[-1][1].name, field, value)
        return Fault(
            "unsupported-value",
            path,
            field,
            value=value,
            expected="one of its values",
            allowed=tuple(each for each in shape.values if each),
            near=meant(value, shape.values),
            since=since,
            until=until,
        )
    if isinstance(shape, Ranged) and value.__class__ is int and -shape.high <= value < shape.high:
        expected = f"a number from {shape.least} to {shape.most}"
        return Fault("invalid-value", path, field, value=value, expected=expected)
    if isinstance(shape, Formatted) and (value is None or isinstance(value, str)):
        return Fault("invalid-value", path, field, value=value, expected=shape.expected)
    expected = shape.word
    if isinstance(shape, Whole) and value.__class__ is int:
        expected = f"a whole number from {-shape.high} to {shape.high - 1}"
    return Fault("wrong-type", path, field, value=value, expected=expected)


def _narrowed(narrowing: Narrowing, value: Any) -> Iterator[Fault]:
    """Yield the fault of a field that one kind restricts."""
    path: Path = ()
    for name in narrowing.path[:-1]:
        if not isinstance(value, dict) or not isinstance(value.get(name), dict):
            break  # the object cannot hold the field at all: said at the missing mapping
        value = value[name]
        path = (*path, name)
    else:
        field = narrowing.path[-1]
        value = value.get(field) if isinstance(value, dict) else None
        allowed = tuple(each for each in narrowing.values if each)
        if value is None:
            if narrowing.required:
                yield Fault(
                    "missing-field", path, field, expected="one of its values", allowed=allowed
                )
        elif isinstance(value, str) and value not in narrowing.values and not is_unfinished(value):
            yield Fault(
                "unsupported-value",
                (*path, field),
                field,
                value=value,
                expected="one of its values",
                allowed=allowed,
                near=meant(value, allowed),
            )


def _lifetime(
    table: Table, struct: str, field: str, value: str | None = None
) -> tuple[int | None, int | None]:
    """The minor that begins to have a field (or *value* in it), or the last that had it."""
    versions = [
        span
        for code, text in table.elsewhere(struct, field)
        if value is None or (code[:2] == "s=" and value in code[2:].split("|"))
        for span in spans(text)
    ]
    later = [first for first, _ in versions if first > table.minor]
    earlier = [last for _, last in versions if last < table.minor]
    return (min(later), None) if later else (None, max(earlier, default=None))


def is_unfinished(value: Any) -> bool:
    """Whether *value* is text that a later step fills in (``${X}``, ``{{ x }}``)."""
    return isinstance(value, str) and has_placeholder(value)
