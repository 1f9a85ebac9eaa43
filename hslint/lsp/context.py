"""Where in a document a cursor stands, told by lines and their indents: half a document will do."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: An indent, the dashes of list items, a key in quotes or without, and what follows its colon.
_ENTRY = re.compile(
    r"""(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)"""
    r"""(?:(["']?)(?P<key>[^\s"'#:]+)\3:(?:\s+|$)(?P<value>.*))?"""
)
_WORD = re.compile(r"""[^\s"':,\[\]{}]*$""")


class Context:
    """What a cursor stands in.

    ``keys`` are those of the mappings around it, from the outermost on, and the one of its own
    line if the cursor stands behind its colon. ``word`` is what is written before the cursor of a
    value, or of a key if ``is_key``. ``lines`` are the document's, and ``number`` is the cursor's
    among them; ``kind`` is the object's.
    """

    __slots__ = ("is_key", "keys", "kind", "lines", "number", "word")

    def __init__(self, lines: Sequence[str], number: int, column: int) -> None:
        rules = [n for n, line in enumerate(lines) if line.startswith("---")]
        start = max((n + 1 for n in rules if n < number), default=0)
        end = min((n for n in rules if n > number), default=len(lines))
        self.lines = lines[start:end]
        self.number = number - start
        before = lines[number][:column]
        word = _WORD.search(before)
        self.word = word[0] if word else ""
        self.is_key = not _entry(before)[0]
        self.keys = _keys_around(before, self.lines[: self.number])
        self.kind = next((_value(line) for line in self.lines if line.startswith("kind:")), "")

    @property
    def namespace(self) -> str | None:
        """The namespace of the object, if it is written."""
        return self.entries("metadata").get("namespace")

    def entries(self, key: str) -> dict[str, str]:
        """The plain entries of the first mapping with this key in the document."""
        found: dict[str, str] = {}
        above = below = -1
        for line in self.lines:
            name, depth, _ = _entry(line)
            if above < 0:
                above = depth if name == key and not _value(line) else -1
            elif name and depth <= above:
                break
            elif name:
                below = depth if below < 0 else below
                if depth == below:
                    found[name] = _value(line)
        return found


def _keys_around(before: str, above: Sequence[str]) -> list[str]:
    """The keys of the mappings around the end of *before*, the outermost first."""
    key, depth, _ = _entry(before)
    keys = [key] if key else []
    is_item = before.lstrip().startswith("-")
    for line in reversed(above):
        key, inner, indent = _entry(line)
        has_dash = line.lstrip().startswith("-")
        if key and (inner < depth or (inner == depth and is_item and not has_dash)):
            keys.append(key)
            depth, is_item = inner, has_dash
        if has_dash and inner <= depth:
            depth, is_item = indent, True
    return keys[::-1]


def _entry(line: str) -> tuple[str, int, int]:
    """The key of a line, or "", its column behind the dashes of list items, and their column."""
    match = _ENTRY.match(line)
    if match is None or line.lstrip().startswith("#"):
        return "", 0, 0
    indent = len(match["indent"])
    return match["key"] or "", indent + len(match["dashes"]), indent


def _value(line: str) -> str:
    match = _ENTRY.match(line)
    value = (match and match["value"]) or ""
    return value.partition(" #")[0].strip().strip("\"'")
