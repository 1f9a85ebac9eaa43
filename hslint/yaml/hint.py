"""Says in plain words why a text is no YAML, and finds the line a person would mend.

A parser names the place where it could not go on, which is often lines below the mistake.
"""

from __future__ import annotations

import re

from hslint.yaml.fault import YamlFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = tuple[int, int, str, str] | None


def has_template(text: bytes) -> bool:
    """Whether the text holds the marks of a template language: ``{{``, ``{%`` or ``<%``."""
    return b"{{" in text or b"{%" in text or b"<%" in text


class Trouble:
    """What the parser knows when it gives up.

    ``line`` and ``column`` are where it stood, ``problem`` what it says, ``opening`` where the
    thing began that it was reading, ``quoted`` where the last quoted text begins and ends.
    """

    def __init__(  # noqa: PLR0913  one field each
        self,
        source: str,
        problem: str,
        place: tuple[int, int],
        opening: tuple[int, int] | None,
        quoted: tuple[tuple[int, int], tuple[int, int]] | None,
    ) -> None:
        self.lines = [*source.split("\n"), ""]
        self.problem = problem
        self.line, self.column = place
        self.opening = opening
        self.quoted = quoted

    @property
    def text(self) -> str:
        """The line where the parser stood."""
        return self.lines[self.line]

    @property
    def rest(self) -> str:
        """What is left of that line."""
        return self.text[self.column :]

    def before(self) -> int | None:
        """The number of the last line above with anything on it."""
        for number in range(self.line - 1, -1, -1):
            if self.lines[number].strip() and not self.lines[number].lstrip().startswith("#"):
                return number
        return None


def explain(trouble: Trouble) -> YamlFault:
    """The fault, placed and worded for a person."""
    for look in _LOOKS:
        answer = look(trouble)
        if answer is not None:
            line, column, message, hint = answer
            return YamlFault(line, column, "syntax", message, hint)
    return YamlFault(trouble.line, trouble.column, "syntax", f"this is not YAML: {trouble.problem}")


def _conflict(trouble: Trouble) -> Answer:
    for number, line in enumerate(trouble.lines[: trouble.line + 2]):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            return number, 0, "a merge conflict was left in the file", "keep one of the two sides"
    return None


def _separator(trouble: Trouble) -> Answer:
    """A new object right behind another."""
    match = re.match(r"(apiVersion|kind):", trouble.text)
    if match and any(line.startswith(match[0]) for line in trouble.lines[: trouble.line]):
        return trouble.line, 0, "a new object begins here, but no `---` separates it", (
            "put a line `---` before it"
        )
    return None


def _tab(trouble: Trouble) -> Answer:
    first = trouble.opening[0] if trouble.opening else trouble.line
    for number in range(min(first, trouble.line), trouble.line + 1):
        line = trouble.lines[number]
        blanks = line[: len(line) - len(line.lstrip(" \t-?"))]
        if "\t" in blanks:
            return number, blanks.index("\t"), "a tab indents this line; YAML takes only spaces", (
                "replace the tab with spaces"
            )
    return None


def _space(trouble: Trouble) -> Answer:
    """Blanks that look like a space and are none."""
    for number in dict.fromkeys((trouble.opening or (0, 0))[:1] + (trouble.line,)):
        for column, character in enumerate(trouble.lines[number]):
            if character in _FALSE_SPACES:
                return number, column, (
                    f"this is not a space but U+{ord(character):04X}, which only looks like one"
                ), "replace it with a space"
    return None


_FALSE_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"


def _template(trouble: Trouble) -> Answer:
    places = [trouble.line] if trouble.opening is None else [trouble.line, trouble.opening[0]]
    for number in places:
        match = re.search(r"\{\{|\{%|<%", trouble.lines[number])
        if match:
            return number, match.start(), _TEMPLATE, _RENDER
    return None


_TEMPLATE = "this looks like a template that was not filled in"
_RENDER = "render the template first; if the braces belong to the value, quote it"


def template_fault(line: int, column: int) -> YamlFault:
    """The fault of braces that stand for something else."""
    return YamlFault(line, column, "syntax", _TEMPLATE, _RENDER)


def _directive(trouble: Trouble) -> Answer:
    for number, line in enumerate(trouble.lines[: trouble.line + 1]):
        if line.startswith("%"):
            return number, 0, f"kubectl does not read directives like `{line.split()[0]}`", (
                "remove the line"
            )
    return None


def _open_quote(trouble: Trouble) -> Answer:
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
    return line, column, (
        f"the quote {mark} that opens here closes only {count} line{'s'[: count - 1]} below"
    ), _close(mark)


_CUT_SHORT = ("found unexpected end of stream", "found unexpected document separator")


def _close(mark: str) -> str:
    return f"close it with {mark} at the end of the value"


def _follows(trouble: Trouble, line: int, column: int) -> bool:
    """Whether the parser stopped right behind this place."""
    return line == trouble.line and not trouble.text[column : trouble.column].strip()


def _after_quote(trouble: Trouble) -> Answer:
    """More text behind a closing quote."""
    if trouble.quoted is None or not trouble.rest.strip():
        return None
    (line, column), (end_line, end_column) = trouble.quoted
    if line != end_line or not _follows(trouble, end_line, end_column):
        return None
    mark = trouble.lines[line][column]
    return line, column, (
        f"the value ends with the second {mark}, but `{_short(trouble.rest)}` follows it"
    ), _other_quote(mark)


def _other_quote(mark: str) -> str:
    if mark == "'":
        return "quote the whole value; a ' inside it is written ''"
    return "quote the whole value with '...'; a \" may stand inside"


def _escape(trouble: Trouble) -> Answer:
    if "escape" not in trouble.problem:
        return None
    return trouble.line, trouble.column, (
        f"`\\{trouble.rest[:1]}` means nothing between double quotes"
    ), "write `\\\\` for a backslash, or use single quotes"


def _character(trouble: Trouble) -> Answer:
    """A value that begins with a character YAML keeps for itself."""
    line, column = trouble.opening or (trouble.line, trouble.column)
    first = trouble.lines[line][column : column + 1]
    problems = _RESERVED.get(first, ())
    if not any(problem in trouble.problem for problem in problems):
        return None
    value = _short(trouble.lines[line][column:])
    what = "a backtick" if first == "`" else f"`{first}`"
    return line, column, f"a value without quotes cannot begin with {what}", (
        f'quote it: "{value}"' if '"' not in value else f"quote it: '{value}'"
    )


_RESERVED = {
    **dict.fromkeys("@`%", ("cannot start any token",)),
    **dict.fromkeys("*&", ("expected alphabetic or numeric character",)),
    "!": ("this is not a tag", "undefined tag handle"),
}


def _stray_bracket(trouble: Trouble) -> Answer:
    if trouble.problem.startswith("expected the node content") and trouble.rest[:1] in ("]", "}"):
        return trouble.line, trouble.column, f"this `{trouble.rest[0]}` closes nothing", "remove it"
    return None


def _block_header(trouble: Trouble) -> Answer:
    if not trouble.problem.startswith("expected a comment or a line break"):
        return None
    return trouble.line, trouble.column, (
        f"`{_short(trouble.rest)}` stands in the line that opens a block of text"
    ), "begin the text on the next line"


def _bracket(trouble: Trouble) -> Answer:
    """A bracket without its partner, or a comma left out."""
    match = re.match(r"expected ',' or '([\]}])'", trouble.problem)
    if match is None or trouble.opening is None:
        return None
    line, column = trouble.opening
    opening = trouble.lines[line][column : column + 1]
    if line != trouble.line or not trouble.rest.strip():
        return line, column, f"the `{opening}` that opens here is not closed", (
            f"close it with `{match[1]}`"
        )
    return trouble.line, trouble.column, f"a `,` is missing before `{_short(trouble.rest)}`", (
        f"separate what stands between `{opening}` and `{match[1]}` with commas"
    )


def _list_on_key_line(trouble: Trouble) -> Answer:
    if trouble.problem != "sequence entries are not allowed here":
        return None
    head = trouble.text[: trouble.column].strip()
    if head:
        return trouble.line, trouble.column, f"a list cannot begin in the line of `{head}`", (
            f"put `{_short(trouble.rest)}` on the next line"
        )
    return _list_under_value(trouble)


def _list_under_value(trouble: Trouble) -> Answer:
    above = trouble.before()
    if above is None:
        return None
    text = trouble.lines[above]
    key = _KEY.match(text)
    if key is None or not text[key.end() :].strip():
        return None
    return trouble.line, trouble.column, (
        f"a list item stands below `{_short(text)}`, which has a value already"
    ), "remove that value, or the list"


def _value_in_value(trouble: Trouble) -> Answer:
    """A `:` too many: in a value, or below a line that has a value already."""
    if trouble.problem != "mapping values are not allowed here":
        return None
    line = trouble.text
    match = _KEY.match(line)
    if match and match.end() <= trouble.column:
        value = line[match.end() :].strip()
        return trouble.line, match.end(), "`: ` in a value that is not quoted", (
            f'quote it: "{_short(value)}"' if '"' not in value else f"quote it: '{_short(value)}'"
        )
    above = trouble.before()
    if above is None:
        return None
    text = trouble.lines[above]
    return _colon(above, text) or _under_value(trouble, above)


def _under_value(trouble: Trouble, above: int) -> Answer:
    text, line = trouble.lines[above], trouble.text
    key, upper = _KEY.match(text), _KEY.match(line)
    indent = len(line) - len(line.lstrip())
    name = upper["key"] if upper else _short(line.strip())
    if key is None:
        if ":" in text:
            return None
        return _assigned(above, text) or (
            above,
            len(text.rstrip()),
            f"a `:` is missing after `{_short(text.strip())}`",
            f"write `{text.strip().removeprefix('- ')}:`",
        )
    return trouble.line, indent, (
        f"`{name}` stands below `{key['key']}`, which has a value already"
    ), f"indent `{name}` by {key.start('key')} to put it beside `{key['key']}`"


_KEY = re.compile(r"(?P<indent>\s*(?:- +)*)(?P<key>[^\s#:'\"\[{&*!|>%@`-][^:#]*?|\"[^\"]*\"|'[^']*')\s*:(?:\s+|$)")


def _colon(number: int, text: str) -> Answer:
    """A `key:value` without the space."""
    match = re.match(r"\s*(?:- +)*([A-Za-z][-\w./]*):(?=[^\s/])", text)
    if match is None or _KEY.match(text):
        return None
    return number, match.end(), f"a space is missing after `{match[1]}:`", (
        f"write `{match[1]}: {_short(text[match.end() :].strip())}`"
    )


def _assigned(number: int, text: str) -> Answer:
    """A `key = value`."""
    match = re.match(r"\s*([A-Za-z][-\w./]*)\s*=\s*(.*)", text)
    if match is None:
        return None
    hint = f"write `{match[1]}: {_short(match[2])}`"
    return number, match.start(1), f"`{match[1]}` is set with `=`", hint


def _no_key(trouble: Trouble) -> Answer:
    """A line that should be a key and has no `:`."""
    if trouble.problem != "could not find expected ':'" or trouble.opening is None:
        return None
    number, column = trouble.opening
    text = trouble.lines[number]
    bare = text.strip()
    if re.match(r"-[^\s-]", bare):
        return number, column, "a space is missing after the `-`", f"write `- {_short(bare[1:])}`"
    if bare.startswith("--"):
        return number, column, f"`{_short(bare)}` is neither a key nor a separator of documents", (
            "write `---` to separate documents"
        )
    return _assigned(number, text) or _colon(number, text) or (
        number,
        column,
        f"`{_short(bare)}` is neither a key (`key: value`) nor part of the value above",
        "write a `:` after the key, or indent the line below the value it belongs to",
    )


def _indent(trouble: Trouble) -> Answer:
    """Lines that do not line up."""
    if not trouble.problem.startswith("expected <block end>") or trouble.opening is None:
        return None
    line, column = trouble.opening  # where the list or mapping began that cannot go on
    if trouble.text[: trouble.column].strip(" -?"):
        return None
    if trouble.column == column:
        return _mixed(trouble, trouble.lines[line][column:])
    if trouble.rest.startswith("-"):
        return _list_under_value(trouble) or _stray(trouble, column)
    return _shifted_dash(trouble) or _stray(trouble, column)


def _stray(trouble: Trouble, column: int) -> Answer:
    return trouble.line, trouble.column, (
        f"`{_short(trouble.rest)}` lines up with nothing above: it is indented by {trouble.column}"
    ), f"indent it by {_columns(trouble, column)}"


def _mixed(trouble: Trouble, first: str) -> Answer:
    if trouble.rest.startswith("-") and not first.startswith("- "):
        return trouble.line, trouble.column, (
            f"a list item stands where a key is expected, beside `{_short(first)}`"
        ), "indent it below the key it belongs to"
    if first.startswith("-"):
        return trouble.line, trouble.column, (
            f"`{_short(trouble.rest)}` stands beside list items without a `-` of its own"
        ), "indent it below the item it belongs to, or write `- ` before it"
    return None


def _shifted_dash(trouble: Trouble) -> Answer:
    """A key that does not begin where the first key behind the dash above begins."""
    for number in range(trouble.line - 1, -1, -1):
        match = re.match(r"( *-( +))\S", trouble.lines[number])
        if match is None or match[1].index("-") >= trouble.column:
            continue
        start = len(match[1])
        if start == trouble.column:
            return None
        key = _short(trouble.lines[number][start:])
        message = (
            f"`{key}` begins in column {start + 1} and `{_short(trouble.rest)}` in column "
            f"{trouble.column + 1}, but they belong to the same list item"
        )
        if len(match[2]) > 1:
            return number, start, message, "leave one blank after the dash and line up the rest"
        return trouble.line, trouble.column, message, f"begin it in column {start + 1}"
    return None


def _columns(trouble: Trouble, column: int) -> str:
    """The indentations of the lines that are still open above."""
    found: list[int] = []
    limit = 1 << 30
    for number in range(trouble.line - 1, -1, -1):
        text = trouble.lines[number]
        bare = text.lstrip()
        if not bare or bare.startswith("#"):
            continue
        start = len(text) - len(bare)
        if start < limit and _KEY.match(text):
            found.append(start)
            limit = start
    near = sorted(found, key=lambda one: abs(one - trouble.column))[:2]
    return " or ".join(str(one) for one in sorted(near)) or str(column)


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


_LONGEST = 40
_LOOKS: tuple[Callable[[Trouble], Answer], ...] = (
    _conflict,
    _separator,
    _directive,
    _tab,
    _template,
    _escape,
    _character,
    _open_quote,
    _bracket,
    _after_quote,
    _stray_bracket,
    _block_header,
    _list_on_key_line,
    _value_in_value,
    _no_key,
    _indent,
    _space,
)
