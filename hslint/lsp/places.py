"""Where things stand, in an editor's words: each file is split into lines once for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from hslint.lsp.position import units

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.span import Span


class Places:
    """The places of one answer, in units of *encoding*.

    *text* gives the text of a file by its name, and *uri* its address.
    """

    def __init__(
        self, text: Callable[[str], str], uri: Callable[[str], str], encoding: str
    ) -> None:
        self._text = text
        self._uri = uri
        self._encoding = encoding
        self._lines: dict[str, list[str]] = {}

    def lines(self, name: str) -> list[str]:
        """The lines of a file, as hslint counts them; one may end in a carriage return."""
        if name not in self._lines:
            self._lines[name] = self._text(name).split("\n")
        return self._lines[name]

    def range(self, span: Span) -> lsp.Range:
        """A stretch of a file."""
        lines = self.lines(span.file)

        def place(line: int, at: int) -> lsp.Position:
            text = lines[line - 1] if line <= len(lines) else ""
            return lsp.Position(line - 1, units(text[: at - 1], self._encoding))

        return lsp.Range(place(span.line, span.column), place(span.end_line, span.end_column))

    def location(self, span: Span) -> lsp.Location:
        """A stretch, with the address of its file."""
        return lsp.Location(self._uri(span.file), self.range(span))
