"""A value and the stretch of text it is written in."""

from __future__ import annotations

from hslint.yaml.fault import YamlFault
from hslint.yaml.scalars import as_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Mark:
    """A value and the stretch of text it is written in.

    ``start`` and ``end`` are (line, column) in characters from 0, relative to the chunk; the end is
    exclusive. A scalar covers its text with its quotes; a block scalar its header (``|``); an alias
    its ``*name``. ``key`` is the mark of the key of a mapping's value.

    ``text`` is a scalar's text after unquoting; ``plain`` says that it is written right here
    without quotes or a tag, so that its look decides its type. ``children`` are the entries of a
    mapping by their final key, or the items of a list. ``repeated`` are pairs (earlier, later) of
    the marks of keys that end up the same, ``merged`` the marks of the keys ``<<``, ``overruled``
    pairs (written, merge) of a key and of a ``<<`` below it that brings the same key. ``value`` is
    what ``load`` gives. An alias shares text, children and value with its anchor.
    """

    __slots__ = (
        "children",
        "end",
        "key",
        "merged",
        "overruled",
        "plain",
        "repeated",
        "start",
        "text",
        "value",
    )

    def __init__(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.start = start
        self.end = end
        self.key: Mark | None = None
        self.text: str | None = None
        self.plain = False
        self.children: dict[str, Any] | list[Any] | None = None
        self.repeated: Sequence[tuple[Mark, Mark]] = ()
        self.merged: Sequence[Mark] = ()
        self.overruled: Sequence[tuple[Mark, Mark]] = ()
        self.value: Any = None


class Node(Mark):
    """A mark with what only the reading needs.

    ``native`` is the value Go holds for a scalar. ``size`` counts the nodes of the subtree,
    ``height`` its collections inside one another, both through aliases. ``target`` is the node
    behind an alias, or the node itself. ``trouble`` is what keeps a mapping out of JSON, which
    matters only if it gets there.
    """

    __slots__ = (
        "height",
        "is_merge",
        "is_open",
        "is_settled",
        "native",
        "size",
        "target",
        "trouble",
    )

    def __init__(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        super().__init__(start, end)
        self.native: Any = None
        self.is_merge = False
        self.is_open = False
        self.is_settled = False
        self.size = 1
        self.height = 0
        self.target: Node = self
        self.trouble: YamlFault | None = None

    def add(self, child: Node) -> None:
        """Count *child* in."""
        self.size += child.size
        self.height = max(self.height, child.height + 1)

    def settle(self) -> None:
        """Find the value JSON holds, for this node and what is left below it.

        Raises YamlFault where JSON has no such value.
        """
        if self.is_settled:
            return
        self.is_settled = True
        if self.target is not self:
            self.target.settle()
            self.value = self.target.value
            return
        if self.trouble is not None:
            raise self.trouble
        children: Any = self.children
        if isinstance(children, dict):
            for child in children.values():
                child.settle()
            self.value = {name: child.value for name, child in children.items()}
        elif children is not None:
            for child in children:
                child.settle()
            self.value = [child.value for child in children]
        else:
            try:
                self.value = as_json(self.native)
            except ValueError as error:
                raise YamlFault(
                    *self.start, "value", f"{self.text} has no place in JSON", "quote it"
                ) from error
