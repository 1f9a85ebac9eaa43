"""Mistakes between lines: keys without a colon, and lines that do not line up."""

from __future__ import annotations

import re

from hslint.yaml.trouble import KEY, Trouble, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.yaml.trouble import Answer


def list_on_key_line(trouble: Trouble) -> Answer:
    """A list that begins behind its key, or below a value."""
    if trouble.problem != "sequence entries are not allowed here":
        return None
    head = trouble.text[: trouble.column].strip()
    if head:
        return (
            trouble.line,
            trouble.column,
            f"a list cannot begin in the line of `{head}`",
            (f"put `{short(trouble.rest)}` on the next line"),
        )
    return _list_under_value(trouble)


def _list_under_value(trouble: Trouble) -> Answer:
    above = trouble.before()
    if above is None:
        return None
    text = trouble.lines[above]
    key = KEY.match(text)
    if key is None or not text[key.end() :].strip():
        return None
    return (
        trouble.line,
        trouble.column,
        (f"a list item stands below `{short(text)}`, which has a value already"),
        "remove that value, or the list",
    )


def value_in_value(trouble: Trouble) -> Answer:
    """A `:` too many: in a value, or below a line that has a value already."""
    if trouble.problem != "mapping values are not allowed here":
        return None
    line = trouble.text
    match = KEY.match(line)
    if match and match.end() <= trouble.column:
        value = line[match.end() :].strip()
        return (
            trouble.line,
            match.end(),
            "`: ` in a value that is not quoted",
            (f'quote it: "{short(value)}"' if '"' not in value else f"quote it: '{short(value)}'"),
        )
    above = trouble.before()
    if above is None:
        return None
    text = trouble.lines[above]
    return _colon(above, text) or _under_value(trouble, above)


def _under_value(trouble: Trouble, above: int) -> Answer:
    text, line = trouble.lines[above], trouble.text
    key, upper = KEY.match(text), KEY.match(line)
    indent = len(line) - len(line.lstrip())
    name = upper["key"] if upper else short(line.strip())
    if key is None:
        if ":" in text:
            return None
        return _assigned(above, text) or (
            above,
            len(text.rstrip()),
            f"a `:` is missing after `{short(text.strip())}`",
            f"write `{text.strip().removeprefix('- ')}:`",
        )
    return (
        trouble.line,
        indent,
        (f"`{name}` stands below `{key['key']}`, which has a value already"),
        f"indent `{name}` by {key.start('key')} to put it beside `{key['key']}`",
    )


def _colon(number: int, text: str) -> Answer:
    """A `key:value` without the space."""
    match = re.match(r"\s*(?:- +)*([A-Za-z][-\w./]*):(?=[^\s/])", text)
    if match is None or KEY.match(text):
        return None
    return (
        number,
        match.end(),
        f"a space is missing after `{match[1]}:`",
        (f"write `{match[1]}: {short(text[match.end() :].strip())}`"),
    )


def _assigned(number: int, text: str) -> Answer:
    """A `key = value`."""
    match = re.match(r"\s*([A-Za-z][-\w./]*)\s*=\s*(.*)", text)
    if match is None:
        return None
    hint = f"write `{match[1]}: {short(match[2])}`"
    return number, match.start(1), f"`{match[1]}` is set with `=`", hint


def no_key(trouble: Trouble) -> Answer:
    """A line that should be a key and has no `:`."""
    if trouble.problem != "could not find expected ':'" or trouble.opening is None:
        return None
    number, column = trouble.opening
    text = trouble.lines[number]
    bare = text.strip()
    if re.match(r"-[^\s-]", bare):
        return number, column, "a space is missing after the `-`", f"write `- {short(bare[1:])}`"
    if bare.startswith("--"):
        return (
            number,
            column,
            f"`{short(bare)}` is neither a key nor a separator of documents",
            ("write `---` to separate documents"),
        )
    return (
        _assigned(number, text)
        or _colon(number, text)
        or (
            number,
            column,
            f"`{short(bare)}` is neither a key (`key: value`) nor part of the value above",
            "write a `:` after the key, or indent the line below the value it belongs to",
        )
    )


def indent(trouble: Trouble) -> Answer:
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
    return (
        trouble.line,
        trouble.column,
        (
            f"`{short(trouble.rest)}` lines up with nothing above: "
            f"it is indented by {trouble.column}"
        ),
        f"indent it by {_columns(trouble, column)}",
    )


def _mixed(trouble: Trouble, first: str) -> Answer:
    if trouble.rest.startswith("-") and not first.startswith("- "):
        return (
            trouble.line,
            trouble.column,
            (f"a list item stands where a key is expected, beside `{short(first)}`"),
            "indent it below the key it belongs to",
        )
    if first.startswith("-"):
        return (
            trouble.line,
            trouble.column,
            (f"`{short(trouble.rest)}` stands beside list items without a `-` of its own"),
            "indent it below the item it belongs to, or write `- ` before it",
        )
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
        key = short(trouble.lines[number][start:])
        message = (
            f"`{key}` begins in column {start + 1} and `{short(trouble.rest)}` in column "
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
        if start < limit and (KEY.match(text) or bare.startswith("- ")):
            found.append(start)
            limit = start
    near = sorted(found, key=lambda one: abs(one - trouble.column))[:2]
    return " or ".join(str(one) for one in sorted(near)) or str(column)
