"""Text from manifests made safe and measurable for a terminal."""

from __future__ import annotations


def visible(text: str) -> str:
    """The text with tabs as four spaces, and what would not be seen or acts on terminals escaped.

    An escape sequence in a manifest must not colour, move or clear anything; a line break in a name
    must not look like the next finding.
    """
    if text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char == "\t":
        return "    "
    if char.isprintable():
        return char
    return char.encode("unicode_escape", "surrogatepass").decode()


def width(text: str) -> int:
    """How many columns of a terminal visible text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # rarely needed

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
