"""Suppressions written where findings are, as far as a comment can stand there.

Nothing but the comments is written, and only where the file still says the same with them.
"""

from __future__ import annotations

from hslint.files import PathError
from hslint.ignoring import Commented
from hslint.source import Source
from hslint.writing import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from hslint.finding import Finding
    from hslint.ignoring import Insertion, Wanted

INSIDE = "no comment can stand here; the annotation `hslint/ignore` can say it"
JSON = "JSON has no comments; the annotation `hslint/ignore` can say it"
ENCODING = "the file is not UTF-8"
SUPPRESSION = "it is about a suppression: mend or remove that"


def add(
    findings: Iterable[Finding], reason: str, unignorable: Collection[str]
) -> tuple[int, list[tuple[Finding, str]]]:
    """Write comments that ignore *findings*, for a *reason* of one line.

    Return how many findings they ignore, and those that are left, each with why; those of
    *unignorable* rules are. Raises PathError for a file that cannot be read or written, SourceError
    for one that changes meanwhile.
    """
    left: list[tuple[Finding, str]] = []
    by_file: dict[str, list[Finding]] = {}
    number = 0
    for finding in findings:
        number += 1
        if finding.rule in unignorable:
            left.append((finding, SUPPRESSION))
        else:
            by_file.setdefault(finding.span.file, []).append(finding)
    before: dict[str, bytes] = {}
    texts: dict[str, bytes] = {}
    for file, found in by_file.items():
        try:
            with open(file, "rb") as opened:
                before[file] = opened.read()
        except OSError as error:
            raise PathError.of(file, error) from error
        changed, missed = _ignoring(Source(file, before[file]), found, reason)
        if changed != before[file]:
            texts[file] = changed
        left += missed
    write(texts, before)
    return number - len(left), left


def _ignoring(
    source: Source, findings: Sequence[Finding], reason: str
) -> tuple[bytes, list[tuple[Finding, str]]]:
    """The bytes of the file with comments, and the findings that none is about, with why."""
    try:
        text = Commented(source)
    except UnicodeDecodeError:
        return source.data, [(finding, ENCODING) for finding in findings]
    wanted: dict[int, list[str]] = {}
    for finding in findings:
        rules = wanted.setdefault(finding.span.line - 1, [])
        if finding.rule not in rules:
            rules.append(finding.rule)
    ways = [
        (line, edits)
        for line, rules in sorted(wanted.items())
        if (edits := list(text.ways(line, sorted(rules), reason)))
    ]
    chosen = _chosen(text, ways, wanted, {})
    left = [
        (finding, JSON if text.is_json(finding.span.line - 1) else INSIDE)
        for finding in findings
        if finding.span.line - 1 not in chosen
    ]
    return text.with_edits(chosen.values()), left


def _chosen(
    text: Commented,
    ways: Sequence[tuple[int, list[Insertion]]],
    wanted: Wanted,
    chosen: dict[int, Insertion],
) -> dict[int, Insertion]:
    """The edits *chosen*, and the best way for each line that has one: mostly the first for all."""
    if not ways:
        return chosen
    first = {**chosen, **{line: edits[0] for line, edits in ways}}
    if text.takes(first, wanted):
        return first
    if len(ways) > 1:
        half = len(ways) // 2
        chosen = _chosen(text, ways[:half], wanted, chosen)
        return _chosen(text, ways[half:], wanted, chosen)
    ((line, edits),) = ways
    for edit in edits[1:]:
        if text.takes({**chosen, line: edit}, wanted):
            return {**chosen, line: edit}
    return chosen
