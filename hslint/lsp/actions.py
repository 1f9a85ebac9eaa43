"""Quick fixes: changes of a file's text that do away with a finding."""

from __future__ import annotations

from hslint.ignoring import Commented
from hslint.mend import mend
from hslint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from hslint.finding import Finding
    from hslint.ignoring import Insertion
    from hslint.repair import Edit, Repair

    #: The bytes of a file by its name.
    Read: TypeAlias = Callable[[str], bytes]


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
    """What can be done about the *findings* of a file's text, for each the fix of its rule first.

    *read* gives the bytes of the files that fixes are about.
    """
    if not findings:
        return
    commented = Commented(Source(findings[0].span.file, text.encode()))
    for finding in findings:
        fix = finding.fix
        if fix is not None and _made([fix], read):
            yield Action(_sentence(fix.title), [finding], fix.edits, safe=fix.safe)
        suppression = _suppression(commented, finding)
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


def _suppression(commented: Commented, finding: Finding) -> Action | None:
    """A comment beside the line, above it, or above its document: the first that can stand."""
    line, rule = finding.span.line - 1, finding.rule
    wanted = {line: [rule]}
    for edit in commented.ways(line, [rule]):
        if commented.takes({line: edit}, wanted):
            return Action(f"Ignore {rule} here", [finding], [_put_in(finding, edit)])
    above = commented.above_all(line, rule)
    if above is None or not commented.takes({line: above}, wanted, widely=True):
        return None
    return Action(f"Ignore {rule} in this document", [finding], [_put_in(finding, above)])


def _put_in(finding: Finding, insertion: Insertion) -> Edit:
    """A comment put in: beside what stands in a line, or in a line of its own."""
    line, column, text = insertion
    if column is None:
        column, text = 0, text.removesuffix("\r") + "\n"
    place = line + 1, column + 1
    return finding.span.file, *place, *place, text
