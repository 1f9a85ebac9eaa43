"""Columns as editors count them, and which value of a document stands at a place."""

from __future__ import annotations

from hslint.node import KEY, VALUE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.document import Document
    from hslint.node import Path
    from hslint.yaml.mark import Mark

_BLOCK = ("|", ">")


def units(text: str, encoding: str) -> int:
    """How long *text* is in units of ``utf-8``, ``utf-16`` or ``utf-32``."""
    if text.isascii() or encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def column(line: str, unit: int, encoding: str) -> int:
    """The character of *line* at so many units; a unit within a character is that character's."""
    if line.isascii():
        return min(unit, len(line))
    taken = 0
    for number, character in enumerate(line):
        taken += units(character, encoding)
        if taken > unit:
            return number
    return len(line)


def place_in(document: Document, line: int, at: int) -> tuple[Path, str] | None:
    """The way to what is written at a place of the file, both from 0, and which part of it.

    The end of a word belongs to it, since a cursor stands between characters. None where nothing
    is written: on blanks, in comments, in what cannot be read.
    """
    mark = document.marks
    place = line - document.line, at
    path: Path = ()
    while mark is not None:
        below = _last_before(mark, place)
        if below is None:
            break
        step, mark = below
        path = (*path, step)
        if mark.key is not None and mark.key.start <= place <= mark.key.end:
            return path, KEY
    if mark is None or mark.text is None or not path:
        return None
    if mark.start <= place <= mark.end or _is_in_block(document, mark, place):
        return path, VALUE
    return None


def _last_before(mark: Mark, place: tuple[int, int]) -> tuple[str | int, Mark] | None:
    """The last entry or item that begins before *place*, of those that are written in *mark*."""
    children = mark.children
    if children is None:
        return None
    entries = children.items() if isinstance(children, dict) else enumerate(children)
    found, latest = None, mark.start
    for step, child in entries:
        begin = (child.key or child).start
        if latest <= begin <= place and begin <= mark.end:
            found, latest = (step, child), begin
    return found


def _is_in_block(document: Document, mark: Mark, place: tuple[int, int]) -> bool:
    """Whether *place* is in the text below the header of a block scalar."""
    line, at = mark.start
    if not document.lines[line][at : at + 1].startswith(_BLOCK):
        return False
    return line < place[0] < len(document.lines) and bool(document.lines[place[0]].strip())
