"""Why a piece of YAML cannot be read the way it was meant."""

from __future__ import annotations


class YamlFault(Exception):  # noqa: N818  a fault of the file, not of the program
    """Something kubectl refuses or silently drops.

    ``line`` and ``column`` count from 0, in characters, from the start of the chunk; they name the
    place a person would mend. ``kind`` is one of

    - ``syntax``: it is not YAML;
    - ``value``: it is YAML, but it cannot become JSON;
    - ``encoding``: a character that may not stand in YAML;
    - ``separator``: a line begins with ``---`` but does not separate documents;
    - ``lost``: kubectl stops reading before it;
    - ``bomb``: aliases that multiply beyond measure;
    - ``depth``: it is nested too deep.

    ``message`` says what is wrong, ``hint`` what to write instead (it may be empty).
    """

    def __init__(self, line: int, column: int, kind: str, message: str, hint: str = "") -> None:
        super().__init__(line, column, kind, message, hint)
        self.line = line
        self.column = column
        self.kind = kind
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} (line {self.line + 1}, column {self.column + 1})"

    def plain(self) -> tuple[int, int, str, str, str]:
        """What makes the same fault again."""
        return self.line, self.column, self.kind, self.message, self.hint
