"""Quick fixes: changes of a file's text that do away with a finding."""

from __future__ import annotations

import re

from hslint.document import documents
from hslint.mend import mend
from hslint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from hslint.finding import Finding
    from hslint.repair import Edit, Repair

    #: The bytes of a file by its name.
    Read: TypeAlias = Callable[[str], bytes]

#: A list of rules in a comment, up to its bracket.
_LIST = re.compile(r"#\s*hslint:\s*ignore\s*\[[^]]*(?=])")


class Action:
    """A change that a person may choose for some findings; ``safe`` where nobody need look."""

    __slots__ = ("edits", "findings", "safe", "title")

    def __init__(
        self, title: str, findings: list[Finding], edits: Sequence[Edit], *, safe: bool = False
    ) -> None:
        self.title = title
        self.findings = findings
        self.edits = edits
        self.safe = safe


def actions(text: str, findings: list[Finding], read: Read) -> Iterator[Action]:
    """What can be done about the *findings* of a text, for each the fix of its rule first.

    *read* gives the bytes of the files that fixes are about.
    """
    for finding in findings:
        fix = finding.fix
        if fix is not None and _made([fix], read):
            yield Action(_sentence(fix.title), [finding], fix.edits, safe=fix.safe)
        suppression = _suppression(text, finding)
        if suppression is not None:
            yield suppression


def fix_all(findings: list[Finding], read: Read) -> Action | None:
    """All safe fixes of the *findings* that can be made at once; None if there are none."""
    safe = [finding for finding in findings if finding.fix is not None and finding.fix.safe]
    made = _made([finding.fix for finding in safe if finding.fix is not None], read)
    fixed = [finding for finding in safe if finding.fix in made]
    edits = [edit for fix in made for edit in fix.edits]
    return Action("Make all safe fixes of hslint", fixed, edits, safe=True) if made else None


def _made(fixes: list[Repair], read: Read) -> list[Repair]:
    return mend(fixes, read)[1] if any(fix.edits for fix in fixes) else []


def _sentence(title: str) -> str:
    return title[:1].upper() + title[1:]


def _suppression(text: str, finding: Finding) -> Action | None:
    """A comment beside the line, above it, or above its document: the first that is a comment."""
    file, rule = finding.span.file, finding.rule
    if file.endswith(".json"):
        return None
    lines = text.split("\n")
    number, document = finding.span.line - 1, finding.place.document
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    comment = f"# hslint: ignore[{rule}]"
    above = _insert(file, document, 0, f"{comment}\n")
    tried = (
        (f"Ignore {rule} here", _beside(file, lines[number], number, rule)),
        (f"Ignore {rule} here", _insert(file, number, 0, f"{indent}{comment}\n")),
        (f"Ignore {rule} in this document", above),
    )
    for title, edit in tried:
        if _is_comment(file, lines, edit):
            return Action(title, [finding], [edit])
    return None


def _insert(file: str, line: int, column: int, text: str) -> Edit:
    """*text* put in at a place counted from 0."""
    return file, line + 1, column + 1, line + 1, column + 1, text


def _beside(file: str, line: str, number: int, rule: str) -> Edit:
    """A comment at the end of a line, or the rule's name in the one that is there."""
    listed = _LIST.search(line)
    if listed:
        more = rule if listed[0].endswith("[") else f", {rule}"
        return _insert(file, number, listed.end(), more)
    return _insert(file, number, len(line.rstrip()), f" # hslint: ignore[{rule}]")


def _is_comment(file: str, lines: list[str], edit: Edit) -> bool:
    """Whether what an edit inserts is a comment there, so that no value changes."""
    changed = list(lines)
    _, number, column, _, _, new = edit
    line = changed[number - 1]
    changed[number - 1] = line[: column - 1] + new + line[column - 1 :]
    before, after = ("\n".join(each).encode() for each in (lines, changed))
    found = [
        [(each.value, each.fault is None) for each in documents(Source(file, text))]
        for text in (before, after)
    ]
    return found[0] == found[1]
