"""Colours for a terminal, or none."""

from __future__ import annotations

#: ANSI "select graphic rendition" codes by what they are for.
STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "message": "1",
    "frame": "34",
    "related": "34",
    "help": "32",
    "clean": "32",
}


class Paint:
    """Puts text into colour, if there is any."""

    __slots__ = ("color",)

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def __call__(self, style: str, text: str) -> str:
        """The text in a style of STYLES."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.color else text


#: For what is no terminal.
PLAIN = Paint(color=False)
