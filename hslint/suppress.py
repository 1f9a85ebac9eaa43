"""Suppressions: ``# hslint: ignore[rule] reason`` comments and the ``hslint/ignore`` annotation."""

from __future__ import annotations

from bisect import bisect_right

from hslint.document import Document, Spot
from hslint.manifest import ANNOTATION
from hslint.span import Span
from hslint.suggest import closest
from hslint.yaml.split import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from hslint.gather import Gathered
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.said import Said
    from hslint.source import Source

_MARK, _WORD = "hslint:", "ignore"


class Ignore:
    """One rule's name in one suppression.

    ``at`` is where the suppression is written. It hides the findings of ``lines`` (1-based, of its
    file), or all those of ``owner`` when it is an object's annotation. ``used`` tells whether it
    hid any, ``known`` whether there is a rule of that name (if not, ``near`` is the name probably
    meant), ``checked`` whether the rule ran.
    """

    __slots__ = ("at", "checked", "known", "lines", "near", "owner", "rule", "used")

    def __init__(self, rule: str, at: Node | Spot, lines: range, owner: Manifest | None) -> None:
        self.rule = rule
        self.at = at
        self.lines = lines
        self.owner = owner
        self.used = False
        self.known = True
        self.near: str | None = None
        self.checked = True

    def hides(self, said: Said) -> bool:
        """Whether this suppression is about what was *said*."""
        if said.rule != self.rule:
            return False
        if self.owner is not None:
            return said.owner is self.owner
        return said.span.file == self.at.document.file and said.span.line in self.lines


def ignores_in(gathered: Gathered, checked: Container[str], known: Collection[str]) -> list[Ignore]:
    """All suppressions; *checked* are the rules that run, *known* all there are."""
    ignores = list(_ignores(gathered))
    for ignore in ignores:
        ignore.known = ignore.rule in known
        if not ignore.known:
            ignore.near = closest(ignore.rule, known)
        ignore.checked = ignore.rule in checked
    return ignores


def suppress(said: list[Said], ignores: list[Ignore]) -> list[Said]:
    """What was *said* and is not suppressed; each suppression learns its use."""
    wide: dict[str, list[Ignore]] = {}
    narrow: dict[tuple[str, int], list[Ignore]] = {}  # about one line, as most are
    for ignore in ignores:
        if len(ignore.lines) == 1:
            narrow.setdefault((ignore.rule, ignore.lines.start), []).append(ignore)
        else:
            wide.setdefault(ignore.rule, []).append(ignore)
    rules = {ignore.rule for ignore in ignores}
    kept = []
    for each in said:
        if each.rule not in rules:  # where it stands need not be known
            kept.append(each)
            continue
        near = narrow.get((each.rule, each.span.line), ())
        hiding = [i for i in (*near, *wide.get(each.rule, ())) if i.hides(each)]
        for ignore in hiding:
            ignore.used = True
        if not hiding:
            kept.append(each)
    return kept


def _ignores(gathered: Gathered) -> Iterator[Ignore]:
    documents: dict[str, list[Document]] = {source.file: [] for source in gathered.commented}
    if documents:
        for document in gathered.documents:
            if document.file in documents:
                documents[document.file].append(document)
    for source in gathered.commented:
        yield from comment_ignores(source, documents[source.file])
    for manifest in gathered.manifests:
        if ANNOTATION in manifest.fields:
            node = manifest["metadata"]["annotations"][ANNOTATION]
            for name in _words(node.string) if node else ():
                yield Ignore(name, node, range(0), manifest)


def comment_ignores(source: Source, documents: list[Document]) -> Iterator[Ignore]:
    """The suppressions in the comments of a file.

    A comment beside something is about its line, one on a line of its own about the next line that
    is no comment, and one above everything in a document about the whole document, even if its
    ``---`` stands between.
    """
    from hslint.yaml.comments import comments  # most files suppress nothing

    file, text = source.file, normal(source.data)
    lines = text.decode().split("\n")
    for start, piece in _pieces(text, documents):
        for below, column, comment in comments(piece) if _MARK.encode() in piece else ():
            number = start + below
            names = list(_names(comment))
            about = _about(number, column, lines, documents) if names else range(0)
            for name, first, last in names if about else ():
                span = Span(file, number + 1, column + first + 1, number + 1, column + last + 1)
                line = Document(source, number, lines[number].encode())
                yield Ignore(name, Spot(line, span), range(about.start + 1, about.stop + 1), None)


def _about(number: int, column: int, lines: list[str], documents: list[Document]) -> range:
    """The lines that a comment at this place is about, from 0; none outside of *documents*."""
    alone = not lines[number][:column].strip()
    target = _next_content(lines, number) if alone else number
    index = bisect_right(documents, target, key=lambda document: document.line) - 1
    if index < 0 or target not in _extent(documents[index]):
        return range(0)
    document = documents[index]
    if alone and target == _next_content(lines, document.line):
        return _extent(document)
    return range(target, target + 1)


def _pieces(text: bytes, documents: list[Document]) -> Iterator[tuple[int, bytes]]:
    """The documents of a file and what is between them, each with its first line from 0."""
    lines = text.split(b"\n")
    at = 0
    for document in documents:
        yield at, b"\n".join(lines[at : document.line])
        yield document.line, document.source
        at = _extent(document).stop
    yield at, b"\n".join(lines[at:])


def _extent(document: Document) -> range:
    """The lines of the file, from 0, that a document takes."""
    return range(document.line, document.line + document.source.count(b"\n"))


def _next_content(lines: list[str], number: int) -> int:
    """The first line from *number* on that holds more than a comment or ``---``."""
    while number < len(lines):
        text = lines[number].removeprefix("---").strip()
        if text and not text.startswith("#"):
            break
        number += 1
    return number


def _names(comment: str) -> Iterator[tuple[str, int, int]]:
    """The names a comment suppresses, and where what suppresses them begins and ends in it.

    A comment may hold another one; a suppression without a name yields an empty name.
    """
    start = 0
    for part in comment.split("#"):
        text = part.strip()
        if text.startswith(_MARK):
            text = text.removeprefix(_MARK).lstrip()
            if text.startswith(_WORD):
                listed = text.removeprefix(_WORD).lstrip().partition("]")[0]
                for name in _words(listed.removeprefix("[")) if listed.startswith("[") else ("",):
                    yield name, start - 1, start + len(part.rstrip())
        start += len(part) + 1


def _words(text: str) -> list[str]:
    """The names in a list with commas; one empty name when there is none."""
    return text.replace(",", " ").split() or [""]
