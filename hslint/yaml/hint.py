"""Says in plain words why a text is no YAML, and finds the line a person would mend.

A parser names the place where it could not go on, which is often lines below the mistake.
"""

from __future__ import annotations

import re

from hslint.yaml import hint_layout, hint_text
from hslint.yaml.fault import YamlFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.yaml.trouble import Answer, Trouble


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
        return (
            trouble.line,
            0,
            "a new object begins here, but no `---` separates it",
            ("put a line `---` before it"),
        )
    return None


def _tab(trouble: Trouble) -> Answer:
    first = trouble.opening[0] if trouble.opening else trouble.line
    for number in range(min(first, trouble.line), trouble.line + 1):
        line = trouble.lines[number]
        blanks = line[: len(line) - len(line.lstrip(" \t-?"))]
        if "\t" in blanks:
            return (
                number,
                blanks.index("\t"),
                "a tab indents this line; YAML takes only spaces",
                ("replace the tab with spaces"),
            )
    return None


def _space(trouble: Trouble) -> Answer:
    """Blanks that look like a space and are none."""
    for number in dict.fromkeys((*(trouble.opening or ())[:1], trouble.line)):
        for column, character in enumerate(trouble.lines[number]):
            if character in _FALSE_SPACES:
                return (
                    number,
                    column,
                    (f"this is not a space but U+{ord(character):04X}, which only looks like one"),
                    "replace it with a space",
                )
    return None


_FALSE_SPACES = "\xa0\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))


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
            return (
                number,
                0,
                f"kubectl does not read directives like `{line.split()[0]}`",
                ("remove the line"),
            )
    return None


#: The first that has an answer speaks.
_LOOKS = (
    _conflict,
    _directive,
    _tab,
    _template,
    hint_text.escape,
    hint_text.character,
    hint_text.open_quote,
    hint_text.bracket,
    _separator,
    hint_text.after_quote,
    hint_text.stray_bracket,
    hint_text.block_header,
    hint_layout.list_on_key_line,
    hint_layout.value_in_value,
    hint_layout.no_key,
    hint_layout.indent,
    _space,
)
