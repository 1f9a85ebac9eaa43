"""Suppressions: ``# hslint: ignore[rule] reason`` comments and the ``hslint/ignore`` annotation."""

from __future__ import annotations

from hslint.document import Span, Spot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from hslint.document import Document, Node
    from hslint.finding import Finding
    from hslint.gather import Gathered
    from hslint.manifest import Manifest

ANNOTATION = "hslint/ignore"
_START, _END = "hslint: ignore[", "]"


class Ignore:
    """One rule's name in one suppression.

    ``at`` is where the suppression is written. It hides the findings of ``lines`` (1-based, of its
    file), or all those of ``owner`` when it is an object's annotation. ``used`` tells whether it
    hid any, ``known`` whether there is a rule of that name, ``checked`` whether that rule ran.
    """

    __slots__ = ("at", "checked", "known", "lines", "owner", "rule", "used")

    def __init__(self, rule: str, at: Node | Spot, lines: range, owner: Manifest | None) -> None:
        self.rule = rule
        self.at = at
        self.lines = lines
        self.owner = owner
        self.used = False
        self.known = True
        self.checked = True

    def hides(self, finding: Finding) -> bool:
        """Whether *finding* is one that this suppression is about."""
        if finding.rule != self.rule:
            return False
        if self.owner is not None:
            return finding.place.owner is self.owner
        return finding.span.file == self.at.document.file and finding.span.line in self.lines


def suppress(
    findings: list[Finding], gathered: Gathered, checked: Container[str], known: Container[str]
) -> list[Ignore]:
    """Take the suppressed out of *findings*; return all suppressions, each knowing its use.

    *checked* are the rules that ran, *known* all there are.
    """
    ignores = [
        *(i for document in gathered.documents for i in _comments(document)),
        *(i for manifest in gathered.manifests for i in _annotations(manifest)),
    ]
    by_rule: dict[str, list[Ignore]] = {}
    for ignore in ignores:
        by_rule.setdefault(ignore.rule, []).append(ignore)
        ignore.known = ignore.rule in known
        ignore.checked = ignore.rule in checked
    kept = []
    for finding in findings:
        hiding = [i for i in by_rule.get(finding.rule, ()) if i.hides(finding)]
        for ignore in hiding:
            ignore.used = True
        if not hiding:
            kept.append(finding)
    findings[:] = kept
    return ignores


def _annotations(manifest: Manifest) -> Iterator[Ignore]:
    node = manifest["metadata"]["annotations"][ANNOTATION]
    for name in node.string.replace(",", " ").split():
        yield Ignore(name, node, range(0), manifest)


def _comments(document: Document) -> Iterator[Ignore]:
    """The suppressions in the comments of a document.

    A comment beside something is about its line, one on a line of its own about the next line that
    is no comment, and one above everything in the document about the whole document.
    """
    if _START.encode() not in document.source:
        return
    lines = document.source.decode(errors="replace").splitlines()
    texts = list(_strings(document.value))
    first = next((n for n, line in enumerate(lines) if not _is_blank(line)), len(lines))
    for number, line in enumerate(lines):
        before, mark, rest = line.partition(_START)
        if not mark or not before.rstrip().endswith("#") or any(line.strip() in t for t in texts):
            continue
        alone = before.strip() == "#"
        if alone and number < first:
            about = range(0, len(lines))
        elif alone:
            below = next((n for n in range(number, len(lines)) if not _is_blank(lines[n])), number)
            about = range(below, below + 1)
        else:
            about = range(number, number + 1)
        column = before.index("#") if alone else before.rindex("#")
        names, _, _ = rest.partition(_END)
        start = document.line + 1
        span = Span(document.file, start + number, column + 1, start + number, len(line) + 1)
        for name in names.replace(",", " ").split():
            shifted = range(about.start + start, about.stop + start)
            yield Ignore(name, Spot(document, span), shifted, None)


def _is_blank(line: str) -> bool:
    text = line.strip()
    return not text or text.startswith("#") or text == "---"


def _strings(value: object) -> Iterator[str]:
    """Every string of a value: what stands inside one is no comment."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
