"""Quick fixes: changes of a file's text that do away with a finding."""

from __future__ import annotations

import re

from hslint.document import documents
from hslint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.finding import Finding

#: A list of rules in a comment, up to its bracket.
_LIST = re.compile(r"#\s*hslint:\s*ignore\s*\[[^]]*(?=])")


class Edit:
    """*text* to insert at a line and column, both from 0 and in characters."""

    __slots__ = ("column", "line", "text")

    def __init__(self, line: int, column: int, text: str) -> None:
        self.line = line
        self.column = column
        self.text = text


class Action:
    """A change that a person may choose for a finding."""

    __slots__ = ("edits", "finding", "title")

    def __init__(self, title: str, finding: Finding, edits: list[Edit]) -> None:
        self.title = title
        self.finding = finding
        self.edits = edits


def actions(text: str, findings: list[Finding]) -> Iterator[Action]:
    """What can be done about the *findings* of a text.

    A fix that a rule offers with its finding belongs here, before the suppression.
    """
    for finding in findings:
        suppression = _suppression(text, finding)
        if suppression is not None:
            yield suppression


def _suppression(text: str, finding: Finding) -> Action | None:
    """A comment beside the line, above it, or above its document: the first that is a comment."""
    file, rule = finding.span.file, finding.rule
    if file.endswith(".json"):
        return None
    lines = text.split("\n")
    number, document = finding.span.line - 1, finding.place.document
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    comment = f"# hslint: ignore[{rule}]"
    above = Edit(document, 0, f"{comment}\n")
    tried = (
        (f"Ignore {rule} here", _beside(lines[number], number, rule)),
        (f"Ignore {rule} here", Edit(number, 0, f"{indent}{comment}\n")),
        (f"Ignore {rule} in this document", above),
    )
    for title, edit in tried:
        if _is_comment(file, lines, edit):
            return Action(title, finding, [edit])
    return None


def _beside(line: str, number: int, rule: str) -> Edit:
    """A comment at the end of a line, or the rule's name in the one that is there."""
    listed = _LIST.search(line)
    if listed:
        return Edit(number, listed.end(), rule if listed[0].endswith("[") else f", {rule}")
    bare = line.rstrip()
    return Edit(number, len(bare), f" # hslint: ignore[{rule}]")


def _is_comment(file: str, lines: list[str], edit: Edit) -> bool:
    """Whether what an edit inserts is a comment there, so that no value changes."""
    changed = list(lines)
    line = changed[edit.line]
    changed[edit.line] = line[: edit.column] + edit.text + line[edit.column :]
    before, after = ("\n".join(each).encode() for each in (lines, changed))
    found = [
        [(each.value, each.fault is None) for each in documents(Source(file, text))]
        for text in (before, after)
    ]
    return found[0] == found[1]
