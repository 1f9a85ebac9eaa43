"""Suppressions written where findings are, as far as a comment can stand there.

Nothing but the comments is written, and only where the file still says the same with them.
"""

from __future__ import annotations

from bisect import bisect_right

from hslint.document import documents
from hslint.files import PathError
from hslint.source import Source
from hslint.suppress import comment_ignores
from hslint.yaml.event import SCALAR
from hslint.yaml.events import events
from hslint.yaml.places import Places, decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from hslint.document import Document
    from hslint.finding import Finding
    from hslint.suppress import Ignore
    from hslint.yaml.fault import YamlFault

    #: A text to put in: before this line (from 0), and where in it; None for a line of its own.
    Edit: TypeAlias = tuple[int, int | None, str]
    #: The rules to ignore in each line, from 0.
    Wanted: TypeAlias = dict[int, list[str]]

_BLOCK = ("|", ">")
_MARK = "\ufeff"
INSIDE = "no comment can stand here; the annotation `hslint/ignore` can say it"
JSON = "JSON has no comments; the annotation `hslint/ignore` can say it"
ENCODING = "the file is not UTF-8"
SUPPRESSION = "it is about a suppression: mend or remove that"


def add(
    findings: Iterable[Finding], reason: str, unignorable: Collection[str]
) -> tuple[int, list[tuple[Finding, str]]]:
    """Write comments that ignore *findings*, for a *reason* of one line.

    Return how many findings they ignore, and those that are left, each with why; those of
    *unignorable* rules are. Raises PathError for a file that cannot be read or written.
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
    for file, found in by_file.items():
        try:
            with open(file, "rb") as opened:
                data = opened.read()
            changed, missed = _ignoring(Source(file, data), found, reason)
            if changed != data:
                with open(file, "wb") as opened:
                    opened.write(changed)
        except OSError as error:
            raise PathError.of(file, error) from error
        left += missed
    return number - len(left), left


def _ignoring(
    source: Source, findings: Sequence[Finding], reason: str
) -> tuple[bytes, list[tuple[Finding, str]]]:
    """The bytes of the file with comments, and the findings that none is about, with why."""
    try:
        text = _Text(source)
    except UnicodeDecodeError:
        return source.data, [(finding, ENCODING) for finding in findings]
    wanted: Wanted = {}
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
    text: _Text, ways: Sequence[tuple[int, list[Edit]]], wanted: Wanted, chosen: dict[int, Edit]
) -> dict[int, Edit]:
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


class _Text:
    """A file, line by line, and where in it a comment can stand. Raises UnicodeDecodeError."""

    def __init__(self, source: Source) -> None:
        text = source.data.decode()
        self._start = _MARK if text.startswith(_MARK) else ""
        self._lines = text.removeprefix(_MARK).split("\n")
        self._file = source.file
        self._documents = list(documents(source))
        self._ignores = _by_line(comment_ignores(source, self._documents))
        #: Lines of a text that ends further down, and lines that begin inside of one.
        self._open: set[int] = set()
        self._inner: set[int] = set()
        for document in self._documents:
            self._look(document)

    def _look(self, document: Document) -> None:
        if document.fault is not None:
            return
        places = Places(decode(document.source))
        for event in events(document.source):
            if event.kind == SCALAR:
                start = document.line + places.of(event.start)[0]
                end = document.line + places.of(event.end)[0]
                if event.style in _BLOCK:
                    self._open.update(range(start + 1, end))
                    self._inner.update(range(start + 1, end))
                else:
                    self._open.update(range(start, end))
                    self._inner.update(range(start + 1, end + 1))

    def is_json(self, line: int) -> bool:
        """Whether the document at *line* is JSON."""
        index = bisect_right(self._documents, line, key=lambda document: document.line) - 1
        return index >= 0 and self._documents[index].source.__class__ is not bytes

    def ways(self, line: int, rules: Sequence[str], reason: str) -> Iterator[Edit]:
        """The ways to ignore *rules* in *line*, the best first."""
        if self.is_json(line):
            return
        names = ", ".join(rules)
        for ignore in self._ignores.get(line, ()):
            span = ignore.at.span
            text = self._lines[span.line - 1][: span.end_column - 1]
            end = text.find("]", span.column)
            if end >= 0:
                is_empty = text[:end].rstrip().endswith("[")
                yield span.line - 1, end, names if is_empty else f", {names}"
                return
        comment = f"# hslint: ignore[{names}] {reason}"
        written = self._lines[line].removesuffix("\r")
        if line not in self._open:
            yield line, len(written), comment if written[-1:] in ("", " ", "\t") else f"  {comment}"
        if line not in self._inner:
            indent = written[: len(written) - len(written.lstrip(" "))]
            rest = "\r" if self._lines[line].endswith("\r") else ""
            yield line, None, f"{indent}{comment}{rest}"

    def takes(self, chosen: Mapping[int, Edit], wanted: Wanted) -> bool:
        """Whether the file says the same with these edits, and they ignore what is *wanted*."""
        data = self.with_edits(chosen.values())
        source = Source(self._file, data)
        after = list(documents(source))
        if len(after) != len(self._documents):
            return False
        if not all(map(_is_same, self._documents, after)):
            return False
        new = sorted(line for line, column, _ in chosen.values() if column is None)
        ignores = _by_line(comment_ignores(source, after))
        return all(
            set(wanted[line]).issubset(
                ignore.rule for ignore in ignores.get(line + bisect_right(new, line), ())
            )
            for line in chosen
        )

    def with_edits(self, edits: Iterable[Edit]) -> bytes:
        """The bytes of the file with some edits."""
        lines = list(self._lines)
        above = []
        for line, column, text in edits:
            if column is None:
                above.append((line, text))
            else:
                lines[line] = f"{lines[line][:column]}{text}{lines[line][column:]}"
        for line, text in sorted(above, reverse=True):
            lines.insert(line, text)
        return (self._start + "\n".join(lines)).encode()


def _by_line(ignores: Iterable[Ignore]) -> dict[int, list[Ignore]]:
    """The suppressions by the line, from 0, that they are about; not those about more than one."""
    found: dict[int, list[Ignore]] = {}
    for ignore in ignores:
        if len(ignore.lines) == 1:
            found.setdefault(ignore.lines.start - 1, []).append(ignore)
    return found


def _is_same(before: Document, after: Document) -> bool:
    """Whether kubectl reads the same, or fails in the same way at the same text."""
    if before.fault is None or after.fault is None:
        return before.fault is after.fault and repr(before.value) == repr(after.value)
    return _failure(before, before.fault) == _failure(after, after.fault)


def _failure(document: Document, fault: YamlFault) -> tuple[str, str]:
    """What is wrong with which text; the message may quote a comment behind it."""
    return fault.kind, document.lines[fault.line].partition("  # hslint:")[0]
