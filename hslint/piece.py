"""A part of a string, as a node of its own: a host name in a command, in a file of a ConfigMap."""

from __future__ import annotations

from hslint.node import Node
from hslint.span import Span


class Piece(Node):
    """The part of the string *whole* that begins at the character *start*; its value is that part.

    It stands at its own characters, also inside a block scalar, and at the whole string where the
    two cannot be brought together: behind an alias, or with escapes in it.
    """

    __slots__ = ("start", "whole")

    def __init__(self, whole: Node, start: int, text: str) -> None:
        super().__init__(whole.document, text, whole._way)  # noqa: SLF001  itself a Node
        self.whole = whole
        self.start = start

    @property
    def span(self) -> Span:
        """Where it is written: YAML may indent, fold and quote a string, but keeps words whole."""
        document, text = self.document, self.value
        mark = document.mark(self.path)
        if mark is None or mark.text is None:
            return self.whole.span
        line, column = mark.start
        lines = document.lines
        style = lines[line][column : column + 1]
        if style == "*":
            return self.whole.span
        string, begin = self.whole.string, 0
        last = len(lines) if style in ("|", ">") else mark.end[0] + 1
        if style == "|":  # each of its lines is one of the string's, and there may be thousands
            begin = string.rfind("\n", 0, self.start) + 1
            line, column = line + 1 + string.count("\n", 0, begin), 0
        left = string.count(text, begin, self.start)
        for number in range(line, last):
            at = lines[number].find(text, column)
            while at >= 0 and left:
                left -= 1
                at = lines[number].find(text, at + len(text))
            if at >= 0:
                shown = document.line + 1 + number
                return Span(document.file, shown, at + 1, shown, at + 1 + len(text))
            column = 0
        return self.whole.span
