"""Mistakes inside a line: quotes, brackets, and characters YAML keeps for itself."""

from __future__ import annotations

import re

from hslint.yaml.trouble import Trouble, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.yaml.trouble import Answer


def open_quote(trouble: Trouble) -> Answer:
    """A quote that never closes, or closes in another line than was meant."""
    if trouble.problem in _CUT_SHORT and trouble.opening is not None:
        line, column = trouble.opening
        mark = trouble.lines[line][column : column + 1]
        return line, column, f"the quote {mark} that opens here is never closed", _close(mark)
    if trouble.quoted is None:
        return None
    (line, column), (end_line, end_column) = trouble.quoted
    if line == end_line or not _follows(trouble, end_line, end_column):
        return None
    mark = trouble.lines[line][column]
    count = end_line - line
    return (
        line,
        column,
        (f"the quote {mark} that opens here closes only {count} line{'s'[: count - 1]} below"),
        _close(mark),
    )


_CUT_SHORT = ("found unexpected end of stream", "found unexpected document separator")


def _close(mark: str) -> str:
    return f"close it with {mark} at the end of the value"


def _follows(trouble: Trouble, line: int, column: int) -> bool:
    """Whether the parser stopped right behind this place."""
    return line == trouble.line and not trouble.text[column : trouble.column].strip()


def after_quote(trouble: Trouble) -> Answer:
    """More text behind a closing quote."""
    if trouble.quoted is None or not trouble.rest.strip():
        return None
    (line, column), (end_line, end_column) = trouble.quoted
    if line != end_line or not _follows(trouble, end_line, end_column):
        return None
    mark = trouble.lines[line][column]
    return (
        line,
        column,
        (f"the value ends with the second {mark}, but `{short(trouble.rest)}` follows it"),
        _other_quote(mark),
    )


def _other_quote(mark: str) -> str:
    if mark == "'":
        return "quote the whole value; a ' inside it is written ''"
    return "quote the whole value with '...'; a \" may stand inside"


def escape(trouble: Trouble) -> Answer:
    """A backslash between double quotes that means nothing."""
    if "escape" not in trouble.problem:
        return None
    return (
        trouble.line,
        trouble.column,
        (f"`\\{trouble.rest[:1]}` means nothing between double quotes"),
        "write `\\\\` for a backslash, or use single quotes",
    )


def character(trouble: Trouble) -> Answer:
    """A value that begins with a character YAML keeps for itself."""
    line, column = trouble.opening or (trouble.line, trouble.column)
    first = trouble.lines[line][column : column + 1]
    problems = _RESERVED.get(first, ())
    if not any(problem in trouble.problem for problem in problems):
        return None
    value = short(trouble.lines[line][column:])
    what = "a backtick" if first == "`" else f"`{first}`"
    return (
        line,
        column,
        f"a value without quotes cannot begin with {what}",
        (f'quote it: "{value}"' if '"' not in value else f"quote it: '{value}'"),
    )


_RESERVED = {
    **dict.fromkeys("@`%", ("cannot start any token",)),
    **dict.fromkeys("*&", ("expected alphabetic or numeric character",)),
    "!": ("this is not a tag", "undefined tag handle"),
}


def stray_bracket(trouble: Trouble) -> Answer:
    """A closing bracket without an opening one."""
    if trouble.problem.startswith("expected the node content") and trouble.rest[:1] in ("]", "}"):
        return trouble.line, trouble.column, f"this `{trouble.rest[0]}` closes nothing", "remove it"
    return None


def block_header(trouble: Trouble) -> Answer:
    """Text behind the ``|`` or ``>`` that opens a block of text."""
    if not trouble.problem.startswith("expected a comment or a line break"):
        return None
    return (
        trouble.line,
        trouble.column,
        (f"`{short(trouble.rest)}` stands in the line that opens a block of text"),
        "begin the text on the next line",
    )


def bracket(trouble: Trouble) -> Answer:
    """A bracket without its partner, or a comma left out."""
    match = re.match(r"expected ',' or '([\]}])'", trouble.problem)
    if match is None or trouble.opening is None:
        return None
    line, column = trouble.opening
    opening = trouble.lines[line][column : column + 1]
    if line != trouble.line or not trouble.rest.strip():
        return (
            line,
            column,
            f"the `{opening}` that opens here is not closed",
            (f"close it with `{match[1]}`"),
        )
    return (
        trouble.line,
        trouble.column,
        f"a `,` is missing before `{short(trouble.rest)}`",
        (f"separate what stands between `{opening}` and `{match[1]}` with commas"),
    )
