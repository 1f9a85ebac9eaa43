"""What a keyword of a custom resource's schema found wrong, and the faults that stand for it."""

from __future__ import annotations

from hslint.schema.explain import is_unfinished
from hslint.schema.fault import Fault
from hslint.schema.hints import meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Final

    from hslint.schema.fault import Path

TYPES: Final = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
LIMITS: Final = {
    "pattern": "text that matches {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} entries",
    "maxProperties": "at most {} entries",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "multipleOf": "a multiple of {}",
    "anyOf": "one of the alternatives its schema allows",
    "oneOf": "exactly one of the alternatives its schema allows",
    "not": "anything but what its schema rules out",
}


class Misfit:
    """The value at ``path`` breaks the keyword ``rule`` of its schema.

    ``wanted`` is what the keyword says; for additionalProperties, the fields that are too many,
    and ``known`` are those that there may be.
    """

    __slots__ = ("known", "path", "rule", "value", "wanted")

    def __init__(
        self, rule: str, path: Path, value: Any, wanted: Any, known: tuple[str, ...] = ()
    ) -> None:
        self.rule: Final = rule
        self.path: Final = path
        self.value: Final = value
        self.wanted: Final = wanted
        self.known: Final = known


def faults_of(misfits: Iterable[Misfit]) -> list[Fault]:
    """Return the faults that *misfits* stand for, each once.

    Text that a later step fills in is no value yet: it fits everywhere.
    """
    found: dict[tuple[str, Path, str], Fault] = {}
    for misfit in misfits:
        for fault in _faults(misfit):
            unknown = fault.kind == "unknown-field"
            if not is_unfinished(fault.field if unknown else fault.value):
                found.setdefault((fault.kind, fault.path, fault.field), fault)
    return list(found.values())


def _faults(misfit: Misfit) -> Iterator[Fault]:
    rule, path, value, wanted = misfit.rule, misfit.path, misfit.value, misfit.wanted
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    if rule == "additionalProperties":
        known = misfit.known
        for name in wanted:
            near = meant(name, known)
            unknown = value[name]
            yield Fault(
                "unknown-field", (*path, name), name, value=unknown, allowed=known, near=near
            )
    elif rule == "required":
        for name in wanted:
            if name not in value:
                yield Fault("missing-field", path, name)
    elif rule == "type":
        names = wanted if isinstance(wanted, list) else [wanted]
        expected = " or ".join(TYPES[name] for name in names if name in TYPES)
        yield Fault("wrong-type", path, field, value=value, expected=expected)
    elif rule == "enum":
        allowed = tuple(each if isinstance(each, str) else repr(each) for each in wanted)
        near = meant(value, allowed) if isinstance(value, str) else None
        yield Fault("unsupported-value", path, field, value=value, allowed=allowed, near=near)
    else:
        expected = LIMITS.get(rule, "what its schema allows").format(wanted)
        yield Fault("invalid-value", path, field, value=value, expected=expected)
