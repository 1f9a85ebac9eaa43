"""What a YAML parser reports, in the order of the text."""

from __future__ import annotations

from hslint.yaml.fault import YamlFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Place(Protocol):
        """Where something begins or ends, counted from 0 in characters."""

        index: int
        line: int
        column: int


SCALAR, ALIAS, SEQUENCE, MAPPING = "scalar", "alias", "sequence", "mapping"
#: The end of a collection, and of the document.
END, LAST = "end", "last"


class Event:
    """One event of a document.

    ``anchor`` is the name behind ``&`` or, for an alias, behind ``*``. ``style`` is the first
    character of a scalar that is not plain (``"``, ``'``, ``|`` or ``>``), and ``{`` for a
    collection in brackets; otherwise it is empty.
    """

    __slots__ = ("anchor", "end", "kind", "start", "style", "tag", "text")

    def __init__(
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


#: How deep a document may be nested. kubectl stops at 10,000; but everything that walks a document
#: here calls itself for each level, and no manifest comes near.
DEEPEST = 200


class Events(list[Event]):
    """The events of one document, which may not nest too deep."""

    __slots__ = ("depth",)

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def add(self, event: Event) -> None:
        """Append *event*. Raises YamlFault when it opens one level too many."""
        self.append(event)
        if event.kind is END:
            self.depth -= 1
        elif event.kind in (SEQUENCE, MAPPING):
            self.depth += 1
            if self.depth > DEEPEST:
                raise too_deep((event.start.line, event.start.column))


def too_deep(place: tuple[int, int]) -> YamlFault:
    """The fault of a document that nests too deep at *place*."""
    return YamlFault(
        *place, "depth", f"nested more than {DEEPEST} levels deep; nothing below is looked at"
    )
