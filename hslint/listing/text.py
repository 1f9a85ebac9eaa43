"""Names for people: a table, one record a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.listing.words import meaning, value
from hslint.names import NAMESPACE
from hslint.report.visible import visible, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hslint.names import Name

_HEAD = ("NAME", "TYPE", "ANSWER", "LEADS TO")


def render(names: Sequence[Name], domain: str) -> str:  # noqa: ARG001
    """The records, then the names that are meant to be there and are not, then how many."""
    answered = [name for name in names if name.targets]
    missing = [name for name in names if not name.targets]
    text = table([_HEAD, *rows(answered)]) if answered else ""
    if missing:
        lines = [(f"  {name.name}", name.why) for name in missing]
        text += ("\n" if text else "") + "Not answered:\n" + table(lines)
    unknown = any(name.namespace is None for name in names)
    return f"{text}\n{_summary(answered, missing, unknown=unknown)}\n"


def rows(names: Iterable[Name]) -> list[tuple[str, ...]]:
    """A row for each record."""
    return [
        (name.name, name.type, value(name, target), meaning(target))
        for name in names
        for target in name.targets
    ]


def table(lines: Sequence[tuple[str, ...]]) -> str:
    """Lines with their columns below each other."""
    shown = [tuple(map(visible, line)) for line in lines]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    return "".join(_line(line, widths) for line in shown)


def _line(cells: tuple[str, ...], widths: Sequence[int]) -> str:
    padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip() + "\n"


def _summary(answered: Sequence[Name], missing: Sequence[Name], *, unknown: bool) -> str:
    number = len({name.name for name in answered})
    text = f"{number} name{'' if number == 1 else 's'}"
    if missing:
        text += f", {len({name.name for name in missing})} not answered"
    if unknown:
        text += f". {NAMESPACE} is what `--namespace` can tell"
    return f"{text}."
