"""Where in a file a comment can stand that ignores findings, and whether it does."""

from __future__ import annotations

from bisect import bisect_right

from hslint.document import documents
from hslint.source import Source
from hslint.suppress import comment_ignores
from hslint.yaml.event import SCALAR
from hslint.yaml.events import events
from hslint.yaml.places import Places, decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from hslint.document import Document
    from hslint.suppress import Ignore
    from hslint.yaml.fault import YamlFault

    #: A text to put in: before this line (from 0), and where in it; None for a line of its own.
    Insertion: TypeAlias = tuple[int, int | None, str]
    #: The rules to ignore in each line, from 0.
    Wanted: TypeAlias = Mapping[int, Sequence[str]]

_BLOCK = ("|", ">")
_MARK = "\ufeff"


class Commented:
    """A file with comments that ignore findings, as far as they can stand there.

    Raises UnicodeDecodeError.
    """

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
        document = self._document(line)
        return document is not None and document.source.__class__ is not bytes

    def _document(self, line: int) -> Document | None:
        index = bisect_right(self._documents, line, key=lambda document: document.line) - 1
        return self._documents[index] if index >= 0 else None

    def above_all(self, line: int, rule: str) -> Insertion | None:
        """The way to ignore *rule* in all of the document that *line* is in."""
        document = None if self.is_json(line) else self._document(line)
        return None if document is None else (document.line, None, _comment([rule], ""))

    def ways(self, line: int, rules: Sequence[str], reason: str = "") -> Iterator[Insertion]:
        """The ways to ignore *rules* in *line*, the best first."""
        if line >= len(self._lines) or self.is_json(line):  # a text that breaks off ends below it
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
        comment = _comment(rules, reason)
        written = self._lines[line].removesuffix("\r")
        if line not in self._open:
            yield line, len(written), comment if written[-1:] in ("", " ", "\t") else f"  {comment}"
        if line not in self._inner:
            indent = written[: len(written) - len(written.lstrip(" "))]
            rest = "\r" if self._lines[line].endswith("\r") else ""
            yield line, None, f"{indent}{comment}{rest}"

    def takes(
        self, chosen: Mapping[int, Insertion], wanted: Wanted, *, widely: bool = False
    ) -> bool:
        """Whether the file says the same with these edits, and they ignore what is *wanted*.

        No comment may be about more than its line, unless *widely* is said.
        """
        data = self.with_edits(chosen.values())
        source = Source(self._file, data)
        after = list(documents(source))
        if len(after) != len(self._documents):
            return False
        if not all(map(_is_same, self._documents, after)):
            return False
        new = sorted(line for line, column, _ in chosen.values() if column is None)
        ignores = list(comment_ignores(source, after))
        narrow = _by_line(ignores)
        wide = [ignore for ignore in ignores if widely and len(ignore.lines) > 1]
        for line in chosen:
            now = line + bisect_right(new, line)
            about = [*narrow.get(now, ()), *(ignore for ignore in wide if now + 1 in ignore.lines)]
            if not {ignore.rule for ignore in about}.issuperset(wanted[line]):
                return False
        return True

    def with_edits(self, edits: Iterable[Insertion]) -> bytes:
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


def _comment(rules: Sequence[str], reason: str) -> str:
    return f"# hslint: ignore[{', '.join(rules)}] {reason}".rstrip()


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
