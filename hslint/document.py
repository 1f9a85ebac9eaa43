"""One YAML document of a file: its plain value, and, when asked, where each part of it stands."""

from __future__ import annotations

from marshal import dumps, loads

from hslint.node import KEY, VALUE, Node
from hslint.span import Span
from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load
from hslint.yaml.split import Chunk, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, TypeAlias

    from hslint.node import Path
    from hslint.source import Source
    from hslint.yaml.mark import Mark

    #: Number and line, whether it is odd, the arguments of its fault, and its packed value.
    Kept: TypeAlias = tuple[int, int, bool, tuple[int, int, str, str, str] | None, bytes]


class Document:
    """A document as kubectl would read it.

    ``value`` is plain Python; ``fault`` says why it could not be read. ``line`` is the 0-based line
    of the file where it begins. ``odd`` marks a document with something that only its text shows:
    repeated keys, keys that are no strings, merge keys. ``said`` is what rules found that need no
    more than the document (see hslint.problem).

    Its text is *text*, or the one with the ``number`` among those of its file *origin*. What it
    holds may be packed: then it is unpacked when it is asked for, notes itself in a list of those
    that are, and can be forgotten.
    """

    __slots__ = (
        "_lines",
        "_marks",
        "_origin",
        "_packed",
        "_text",
        "_unpacked",
        "_value",
        "fault",
        "file",
        "line",
        "number",
        "odd",
        "said",
    )

    #: Whether it only stands for an object that lives elsewhere (see hslint.external).
    is_elsewhere = False

    def __init__(
        self,
        origin: Source,
        line: int,
        text: bytes | None = None,
        *,
        number: int = 0,
        fault: YamlFault | None = None,
    ) -> None:
        self.file = origin.file
        self.line = line
        self.odd = False
        self.fault = fault
        self.said: Sequence[Any] = ()
        self._origin = origin
        self.number = number
        self._text = text
        self._value: Any = None
        self._packed = b""
        self._unpacked: list[Document] | None = None
        self._lines: list[str] | None = None
        self._marks: Mark | None = None

    @property
    def value(self) -> Any:
        """The document's own value."""
        if self._value is None and self._packed:
            self._value = loads(self._packed)  # noqa: S302  packed by a Reader
            if self._unpacked is not None:
                self._unpacked.append(self)
        return self._value

    def may_hold(self, text: str) -> bool:
        """Whether an ASCII *text* may stand in some string: a look that unpacks nothing."""
        return not self._packed or text.encode() in self._packed

    def forget(self) -> None:
        """Let go of what can be unpacked, or read, again."""
        if self._packed:
            self._value = self._marks = self._lines = None

    @property
    def root(self) -> Node:
        """The document's own value as a node."""
        return Node(self, self.value)

    @property
    def source(self) -> bytes:
        """The text of the document."""
        if self._text is None:
            self._text = chunks_of(self._origin)[self.number].text
        return self._text

    def keep(self) -> Kept:
        """The document as plain data; see ``recalled``."""
        packed = b"" if self.value is None else dumps(self.value)
        fault = None if self.fault is None else self.fault.plain()
        return self.number, self.line, self.odd, fault, packed

    @property
    def marks(self) -> Mark | None:
        """The positioned tree of the document; None when it cannot be read."""
        if self._marks is None and self.fault is None:
            from hslint.yaml.marks import marks  # only a document with a finding pays for positions

            self._marks = marks(self.source)
        return self._marks

    @property
    def lines(self) -> list[str]:
        """The text line by line, as positions count lines and columns."""
        if self._lines is None:
            self._lines = self.source.decode(errors="replace").split("\n")
        return self._lines

    def mark(self, path: Path) -> Mark | None:
        """The mark of what is written at *path*, or None."""
        mark, rest = self._descend(path)
        return None if rest else mark

    def span(self, path: Path, part: str = VALUE) -> Span:
        """Where *path* is written; where its nearest written parent is when it is not.

        A scalar covers its text. A mapping or list covers the key that names it, or its first entry
        when no key does (the root, a list item).
        """
        mark, rest = self._descend(path)
        if mark is None:
            return self.place(0, 0)
        if rest or (part == VALUE and mark.children is not None):
            return self._heading(mark)
        if part != VALUE and mark.key is not None:
            if part == KEY or mark.children is not None:
                return self.between(mark.key, mark.key)
            return self.between(mark.key, mark)
        return self.between(mark, mark)

    def place(self, line: int, column: int) -> Span:
        """The span of one character at a 0-based place of the document."""
        line += self.line + 1
        return Span(self.file, line, column + 1, line, column + 2)

    def _descend(self, path: Path) -> tuple[Mark | None, Path]:
        """The deepest mark that is written on the way to *path*, and the rest of the way."""
        mark = self.marks
        if mark is None:
            return None, path
        for depth, step in enumerate(path):
            children = mark.children
            if isinstance(children, dict):
                below = children.get(step) if isinstance(step, str) else None
            elif children is not None and isinstance(step, int) and step < len(children):
                below = children[step]
            else:
                below = None
            if below is None:
                return mark, path[depth:]
            mark = below
        return mark, ()

    def _heading(self, mark: Mark) -> Span:
        """The key of a mapping or list, or its first entry when it stands without a key."""
        if mark.key is not None:
            return self.between(mark.key, mark.key)
        children = mark.children
        if not children:
            return self.between(mark, mark)
        first = next(iter(children.values())) if isinstance(children, dict) else children[0]
        if first.key is None:
            return self._heading(first) if first.children else self.between(first, first)
        return self.between(first.key, first.key if first.children is not None else first)

    def between(self, first: Mark, last: Mark) -> Span:
        """From where one part of the document begins to where another ends."""
        (line, column), (end_line, end_column) = first.start, last.end
        start = self.line + 1
        return Span(self.file, start + line, column + 1, start + end_line, end_column + 1)


class Spot:
    """A place of a document that is no value: where reading failed, a comment."""

    __slots__ = ("document", "path", "span", "value")

    def __init__(self, document: Document, span: Span) -> None:
        self.document = document
        self.span = span
        self.path: Path = ()
        self.value = None


def chunks_of(source: Source) -> list[Chunk]:
    """The texts of the documents of a file; a file that cannot be read has an empty one."""
    if source.chunks is None:
        source.chunks = [Chunk(b"", 0)] if source.error else split(source.data)
    return source.chunks


def documents(source: Source) -> Iterator[Document]:
    """Yield the documents of a file; one that cannot be read has its fault."""
    for number, chunk in enumerate(chunks_of(source)):
        document = read(source, number, chunk)
        if document.fault is not None or document.value is not None:
            yield document


def read(source: Source, number: int, chunk: Chunk) -> Document:
    """The document of a file with this *number* and text."""
    document = Document(source, chunk.line, chunk.text, number=number, fault=chunk.fault)
    if chunk.fault is None:
        try:
            value, document.odd = load(chunk.text, may_be_template=not source.named)
            document._value = value  # noqa: SLF001  of our making
        except YamlFault as fault:
            document.fault = fault
    return document


def recalled(source: Source, kept: Kept, unpacked: list[Document]) -> Document:
    """The document of a file that was kept; *unpacked* is where it notes itself when it is."""
    number, line, odd, fault, packed = kept
    document = Document(source, line, number=number, fault=fault and YamlFault(*fault))
    document.odd = odd
    document._packed, document._unpacked = packed, unpacked  # noqa: SLF001  of our making
    return document
