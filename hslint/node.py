"""A value of a document and where it stands, made on demand while a rule walks."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

    from hslint.document import Document
    from hslint.span import Span

    Path: TypeAlias = tuple[str | int, ...]
    #: The way to a node: the way to its parent, and the step from there; None for a root.
    Way: TypeAlias = tuple["Way | None", str | int] | None

#: Which part of a mapping entry a node stands at.
VALUE, KEY, ENTRY = "value", "key", "entry"

_MANY = (dict, list)


class Node:
    """A value of a document and where it stands.

    ``node["spec"]["clusterIP"]`` never fails: what is not written is a falsy node without a value,
    and it stands where its nearest written parent stands. A null is falsy too, since the API server
    reads it as unset; ``written`` tells the two apart.

    The nodes below a node are remembered, since one rule after the other takes the same ways;
    ``forget`` lets them go.
    """

    __slots__ = ("_below", "_way", "document", "part", "value", "written")

    def __init__(
        self,
        document: Document,
        value: Any,
        way: Way = None,
        *,
        written: bool = True,
        part: str = VALUE,
    ) -> None:
        self.document = document
        self.value = value
        self.written = written
        self.part = part
        self._way = way  # not the parent itself: nodes in a circle are freed late or never
        self._below: dict[str | int, Node] | None = None

    def __bool__(self) -> bool:
        return self.value is not None

    def __getitem__(self, step: str | int) -> Node:
        below = self._below
        if below is None:
            below = self._below = {}
        elif (known := below.get(step)) is not None:
            return known
        value = self.value
        if value.__class__ is dict:
            written = step in value
        else:
            written = value.__class__ is list and step.__class__ is int and -1 < step < len(value)
        inner = value[step] if written else None
        node = below[step] = Node(self.document, inner, (self._way, step), written=written)
        return node

    def __iter__(self) -> Iterator[Node]:
        """The items of a list; nothing for any other value."""
        if self.value.__class__ is list:
            for index in range(len(self.value)):
                yield self[index]

    def items(self) -> Iterator[tuple[str, Node]]:
        """The keys and values of a mapping; nothing for any other value."""
        if self.value.__class__ is dict:
            for key in self.value:
                yield key, self[key]

    def children(self) -> Iterator[Node]:
        """The items of a list or the values of a mapping; nothing for any other value."""
        if self.value.__class__ is dict:
            for key in self.value:
                yield self[key]
        else:
            yield from self

    def find(self, wanted: Callable[[str | int, Any], bool]) -> Iterator[Node]:
        """Every value below this one that is *wanted* with its key: only these become nodes."""
        waiting: list[tuple[Path, Any]] = [((), self.value)]
        while waiting:
            path, value = waiting.pop()
            for step, inner in value.items() if isinstance(value, dict) else enumerate(value or ()):
                if inner.__class__ in _MANY:
                    waiting.append(((*path, step), inner))
                if wanted(step, inner):
                    yield self.at((*path, step))

    def at(self, path: Path) -> Node:
        """The node at *path* below this one."""
        node = self
        for step in path:
            node = node[step]
        return node

    def forget(self) -> None:
        """Let go of the nodes below this one."""
        self._below = None

    @property
    def path(self) -> Path:
        """The way here from the document's root: keys, and indexes of lists."""
        steps: list[str | int] = []
        way = self._way
        while way is not None:
            way, step = way
            steps.append(step)
        return tuple(reversed(steps))

    @property
    def string(self) -> str:
        """The value if it is a string, else an empty one."""
        value = self.value
        return value if value.__class__ is str else ""

    @property
    def integer(self) -> int | None:
        """The value if it is a whole number, else None."""
        value = self.value
        return value if value.__class__ is int else None

    @property
    def mapping(self) -> dict[str, Any]:
        """The value if it is a mapping, else an empty one."""
        value = self.value
        return value if value.__class__ is dict else {}

    @property
    def strings(self) -> dict[str, str]:
        """The entries of a mapping whose values are strings: labels, selectors.

        A null is an empty one (encoding/json, for a map of strings).
        """
        texts = self.mapping.items()
        return {key: value or "" for key, value in texts if value is None or isinstance(value, str)}

    @property
    def key(self) -> Node:
        """The same node, standing at its key instead of its value."""
        return self._standing_at(KEY)

    @property
    def entry(self) -> Node:
        """The same node, standing at its key and value together."""
        return self._standing_at(ENTRY)

    def _standing_at(self, part: str) -> Node:
        return Node(self.document, self.value, self._way, written=self.written, part=part)

    @property
    def source(self) -> str | None:
        """A scalar's text as written, without its quotes; None for anything else."""
        mark = self.document.mark(self.path)
        return None if mark is None else mark.text

    @property
    def plain(self) -> bool:
        """Whether the value is a scalar written without quotes, so that YAML chose its type."""
        mark = self.document.mark(self.path)
        return mark is not None and mark.plain

    @property
    def span(self) -> Span:
        """Where this node is written."""
        return self.document.span(self.path, self.part)


def written_path(path: Path) -> str:
    """A path as people write it: ``spec.ports[0].name``, ``metadata.labels["a.b/c"]``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif not step.replace("-", "").replace("_", "").isalnum():
            text += f'["{step}"]'
        else:
            text += f".{step}" if text else step
    return text
