"""A fix made public: the text that it writes, as plain data."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Plain: TypeAlias = tuple[Any, ...]
    #: A file, the line and column where the replaced text begins and ends (as in hslint.span), and
    #: the new text.
    Edit: TypeAlias = tuple[str, int, int, int, int, str]
    #: A file, the number of a document in it, and an operation with a path in place of its node.
    Change: TypeAlias = tuple[str, int, tuple[Any, ...]]


class Repair:
    """What to write in place of what, to make a finding go away.

    ``changes`` are what the edits mean for the values. Where there are no edits, ``why`` tells why
    the fix cannot be made here.
    """

    __slots__ = ("changes", "edits", "safe", "title", "why")

    def __init__(
        self,
        title: str,
        edits: tuple[Edit, ...] = (),
        changes: tuple[Change, ...] = (),
        why: str = "",
        *,
        safe: bool,
    ) -> None:
        self.title = title
        self.safe = safe
        self.edits = edits
        self.changes = changes
        self.why = why

    def plain(self) -> Plain:
        """The same as plain data."""
        return self.title, self.safe, self.edits, self.changes, self.why

    @staticmethod
    def of(plain: Plain) -> Repair:
        """A repair from its plain data."""
        title, safe, edits, changes, why = plain
        return Repair(title, edits, changes, why, safe=safe)
