"""What a rule would write instead: said of values and where they stand, never of lines."""

from __future__ import annotations

from hslint.piece import Piece
from hslint.yaml.scalars import native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from hslint.document import Document
    from hslint.node import Node

    Scalar: TypeAlias = str | int | bool
    #: What is done (one of the words below), to which value, and with what.
    Operation: TypeAlias = tuple[Any, ...]
    Plain: TypeAlias = tuple[Any, ...]

#: The value becomes another: (WRITE, node, value).
WRITE = "write"
#: The key of a mapping's entry becomes another: (RENAME, node, key).
RENAME = "rename"
#: An entry leaves its mapping: (REMOVE, node).
REMOVE = "remove"
#: A mapping gets another entry: (ADD, mapping, key, value).
ADD = "add"
#: A part of a string becomes another: (SWAP, node, start, old, new).
SWAP = "swap"


class Fix:
    """A change that makes a problem go away.

    ``title`` says it in a few words. It is ``safe`` where what is written can mean nothing else and
    works after it; else a person should look at what comes of it. ``one + other`` does both or
    neither.
    """

    __slots__ = ("operations", "safe", "title")

    def __init__(self, title: str, operations: tuple[Operation, ...], *, safe: bool) -> None:
        self.title = title
        self.operations = operations
        self.safe = safe

    def __add__(self, other: Fix) -> Fix:
        title = f"{self.title} and {other.title}"
        return Fix(title, self.operations + other.operations, safe=self.safe and other.safe)

    @staticmethod
    def write(node: Node, value: Scalar, *, safe: bool = False) -> Fix:
        """Write *value* in place of a scalar; a string stays one, in quotes where it must."""
        return Fix(f"write `{_shown(value)}`", ((WRITE, node, value),), safe=safe)

    @staticmethod
    def rename(node: Node, key: str, *, safe: bool = False) -> Fix:
        """Write *key* for the key of an entry."""
        return Fix(f"write `{key}`", ((RENAME, node, key),), safe=safe)

    @staticmethod
    def remove(node: Node, *, safe: bool = False) -> Fix:
        """Remove an entry of a mapping, with all that is in it."""
        return Fix(f"remove `{node.path[-1]}`", ((REMOVE, node),), safe=safe)

    @staticmethod
    def add(mapping: Node, key: str, value: Scalar, *, safe: bool = False) -> Fix:
        """Add an entry to a mapping that has another one."""
        return Fix(f"add `{key}: {_shown(value)}`", ((ADD, mapping, key, value),), safe=safe)

    @staticmethod
    def put(mapping: Node, key: str, value: Scalar, *, safe: bool = False) -> Fix:
        """Write the value of an entry, which is added where it is not there."""
        node = mapping[key]
        if node.written:
            return Fix.write(node, value, safe=safe)
        return Fix.add(mapping, key, value, safe=safe)

    @staticmethod
    def swap(node: Node, old: str, new: str, *, safe: bool = False) -> Fix | None:
        """Write *new* for *old*, with which a string begins, or that begins where a piece does.

        None where it does not.
        """
        whole, start = (node.whole, node.start) if isinstance(node, Piece) else (node, 0)
        if not whole.string.startswith(old, start):
            return None
        return Fix(f"write `{new}`", ((SWAP, whole, start, old, new),), safe=safe)

    def plain(self) -> Plain:
        """The same as plain data; all of it must be about one document."""
        told = tuple((action, node.path, *rest) for action, node, *rest in self.operations)
        return self.title, self.safe, told

    @staticmethod
    def of(told: Plain, document: Document) -> Fix:
        """The fix of plain data, in its document."""
        title, safe, operations = told
        root = document.root
        found = tuple((action, root.at(path), *rest) for action, path, *rest in operations)
        return Fix(title, found, safe=safe)


def _shown(value: Scalar) -> str:
    """A value as it is written, in quotes where it would be something else without them."""
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value if native(value) == value else f'"{value}"'
