"""Most manifests line by line: the value of a plain document, without a parser.

A line is taken apart once and remembered, since manifests repeat the same few thousand lines. What
is left to do for a document is to look its lines up, and to see which mapping or list each is of.

Whatever is out of the ordinary is left to the parsers: tags, anchors, tabs, repeated keys, keys
that are no strings, odd ends of lines. Nothing is guessed.
"""

from __future__ import annotations

from hslint.yaml.libyaml import Peculiar
from hslint.yaml.line import (
    BLOCK,
    BRACKETS,
    ODD,
    OPEN,
    PLAIN,
    SKIP,
    TEXT,
    WHOLE,
    closing,
    composed,
    fresh,
    known,
    unquoted,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def read(text: bytes) -> Any:
    """The value of the only document of the text. Raises Peculiar for what is not read here."""
    if text.isascii():
        if len(text.translate(None, _CONTROL)) != len(text):
            raise Peculiar
        lines = text.decode("ascii").split("\n")
    else:
        lines = _printable(text).split("\n")
    if lines.pop():
        raise Peculiar
    if lines and lines[0] == "---":
        lines[0] = ""
    return _value(lines)


_CONTROL = bytes({*range(32), 127} - {*b"\t\n"})


def _printable(text: bytes) -> str:
    """The text, if only a line feed ends lines in it."""
    try:
        source = text.decode()
    except UnicodeDecodeError as error:
        raise Peculiar from error
    if not source.replace("\n", " ").replace("\t", " ").isprintable():
        raise Peculiar
    return source


def _value(lines: list[str]) -> Any:  # noqa: C901, PLR0912, PLR0915  one loop, for speed
    """The value of a document.

    ``within`` is the innermost collection and ``here`` its level; ``slot`` is the place in it that
    waits for a value, if any.
    """
    entries = known
    within: Any = [None]
    slot: Any = 0
    root, here = within, -2
    stack: list[tuple[Any, int]] = []
    behind = 0  # up to here, lines were taken by a scalar of several lines
    rest: Any = iter(lines)  # which can be told where to go on
    for line in rest:
        kind, level, inner, key, value = entries[line]
        if level != here:
            if level < here:
                if kind == SKIP:
                    continue
                while here > level:
                    within, here = stack.pop()
                if here != level:
                    raise Peculiar
            elif slot is None:
                at = len(lines) - rest.__length_hint__() - 1
                value, behind = _continued(lines, behind, at, (here >> 2) + 1)
                within[-1 if here & 2 else next(reversed(within))] = value
                rest.__setstate__(behind)
                continue
            elif kind < TEXT:
                new: Any = [] if level & 2 else {}
                within[slot] = new
                stack.append((within, here))
                within, here = new, level
            elif kind == ODD or here < 0:
                raise Peculiar
            else:
                within[slot] = fresh(value)
                slot = None
                continue
        if inner:
            new = {key: value}
            within.append(new)
            stack.append((within, here))
            within, here = new, inner
        elif key is None:
            within.append(value)
        elif key in within:
            raise Peculiar
        else:
            within[key] = value
        if kind <= WHOLE:
            slot = None
            continue
        slot = -1 if key is None else key
        if kind == OPEN:
            continue
        if kind == BRACKETS:
            within[slot] = fresh(value)
        else:
            at = len(lines) - rest.__length_hint__()
            scalar = _block if kind == BLOCK else _quoted
            within[slot], behind = scalar(lines, at, (here >> 2) + 1, value)
            rest.__setstate__(behind)
        slot = None
    if here < 0:
        raise Peculiar
    return root[0]


def _continued(lines: list[str], behind: int, at: int, column: int) -> tuple[str, int]:
    """The plain scalar that goes on in line *at*, from *column* on, and the line behind it."""
    start = at - 1
    while start >= behind and not lines[start].strip(" "):
        start -= 1
    if start < behind:
        raise Peculiar
    kind, _, _, _, first = known[lines[start]]
    if kind not in (PLAIN, TEXT) or first.__class__ is not str:
        raise Peculiar
    parts = [first]
    margin, gap = " " * column, at - 1 - start
    while at < len(lines):
        line = lines[at]
        bare = line.strip(" ")
        if not bare:
            gap += 1
        elif line.startswith(margin):
            parts += "\n" * gap or " ", bare
            gap = 0
        else:
            break
        at += 1
    text = "".join(parts)
    flat = text.replace("\n", " ") if "\n" in text else text
    if len(parts) == 1 or ": " in flat or " #" in flat or flat[-1] == ":" or "\t" in flat:
        raise Peculiar
    return text, at


def _quoted(lines: list[str], at: int, column: int, head: str) -> tuple[str, int]:
    """The quoted text that begins with *head* and goes on in line *at*, and the line behind it."""
    margin, gap = " " * column, 0
    quote, start = head[0], at
    has_escape = quote == '"' and "\\" in head
    parts = [head[1:]]
    while at < len(lines):
        line = lines[at]
        bare = line.strip(" ")
        at += 1
        if not bare:
            gap += 1
            continue
        if not line.startswith(margin) or "\t" in bare:
            raise Peculiar
        has_escape = has_escape or (quote == '"' and "\\" in bare)
        parts += "\n" * gap or " ", bare
        gap = 0
        end = closing(bare, quote)
        if end >= 0:
            if end != len(bare) - 1:
                raise Peculiar
            if has_escape:
                return composed("\n".join([head, *lines[start:at]])), at
            return unquoted("".join(parts)[:-1], quote), at
    raise Peculiar


def _block(lines: list[str], at: int, column: int, header: str) -> tuple[str, int]:
    """The block scalar that begins in line *at*, at least in *column*, and the line behind it."""
    start = at
    while at < len(lines) and not lines[at].strip(" "):
        at += 1
    if at == len(lines):
        raise Peculiar
    bare = lines[at].lstrip(" ")
    width = found = len(lines[at]) - len(bare)
    chomp = header[1:]
    if chomp[:1].isdigit():
        width = column - 1 + int(chomp[0])
        chomp = chomp[1:]
    elif bare[0] == "\t":
        raise Peculiar
    if not column <= width <= found or max(map(len, lines[start:at]), default=0) > width:
        raise Peculiar
    margin = lines[at][:width]
    while at < len(lines) and (lines[at].startswith(margin) or not lines[at].strip(" ")):
        at += 1
    rows = [line[width:] for line in lines[start:at]]
    text = "\n".join(rows) if header[0] == "|" else _folded(rows)
    if chomp != "+":
        text = text.rstrip("\n")
    return (text if chomp == "-" else text + "\n"), at


def _folded(rows: list[str]) -> str:
    """The text of ``>``: lines are joined unless one of the two begins with a blank."""
    parts: list[str] = []
    gap, before = 0, True
    for row in rows:
        if not row:
            gap += 1
            continue
        is_spaced = row[0] in " \t"
        breaks = gap + (bool(parts) and (is_spaced or before))
        parts += "\n" * breaks or (" " if parts else ""), row
        gap, before = 0, is_spaced
    return "".join(parts) + "\n" * gap
