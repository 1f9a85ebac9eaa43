"""What a YAML parser reports, in the order of the text."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Place(Protocol):
        """Where something begins or ends, counted from 0 in characters."""

        index: int
        line: int
        column: int


SCALAR, ALIAS, SEQUENCE, MAPPING, END = "scalar", "alias", "sequence", "mapping", "end"


class Event:
    """One event of a document.

    ``anchor`` is the name behind ``&`` or, for an alias, behind ``*``. ``style`` is the first
    character of a scalar that is not plain (``"``, ``'``, ``|`` or ``>``), and ``{`` for a
    collection in brackets; otherwise it is empty.
    """

    __slots__ = ("anchor", "end", "kind", "start", "style", "tag", "text")

    def __init__(  # noqa: PLR0913  one field each
        self,
        kind: str,
        start: Place,
        end: Place,
        anchor: str | None = None,
        tag: str | None = None,
        text: str = "",
        style: str = "",
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.anchor = anchor
        self.tag = tag
        self.text = text
        self.style = style
