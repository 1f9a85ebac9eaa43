"""The comments of a document, which its values do not tell."""

from __future__ import annotations

from hslint.yaml.event import SCALAR
from hslint.yaml.events import events
from hslint.yaml.fault import YamlFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def comments(text: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield each comment of *text*: its line and column from 0, and all of it from the ``#`` on.

    Of a text that cannot be read, whatever looks like a comment. JSON has none.
    """
    if text.__class__ is not bytes:
        return
    source = text.decode(errors="replace")
    bare = _without_scalars(text, source)
    for number, (line, hidden) in enumerate(zip(source.split("\n"), bare.split("\n"), strict=True)):
        column = _start(hidden)
        if column >= 0:
            yield number, column, line[column:].rstrip()


def _without_scalars(text: bytes, source: str) -> str:
    """The text with every character of its scalars covered, so that any ``#`` left means a comment.

    The line that begins a block scalar may end in a comment; its other lines are all text.
    """
    try:
        scalars = [event for event in events(text) if event.kind == SCALAR]
    except YamlFault:
        return source
    parts: list[str] = []
    at = 0
    for scalar in scalars:
        start, end = scalar.start.index, scalar.end.index
        if scalar.style in ("|", ">"):
            start = source.find("\n", start, end)
        if start >= at:
            covered = ["_" * len(line) for line in source[start:end].split("\n")]
            parts += source[at:start], "\n".join(covered)
            at = end
    return "".join(parts) + source[at:]


def _start(line: str) -> int:
    """Where the comment of a line without scalars begins; -1 when there is none."""
    column = line.find("#")
    while column > 0 and line[column - 1] not in " \t":
        column = line.find("#", column + 1)
    return column
