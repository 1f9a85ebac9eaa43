"""A problem made public: plain data, all that any report needs, and nothing of the documents."""

from __future__ import annotations

from hslint.contract import SEVERITIES
from hslint.node import written_path
from hslint.repair import Repair
from hslint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from hslint.contract import Severity
    from hslint.document import Spot
    from hslint.manifest import Manifest
    from hslint.node import Node

    #: apiVersion, kind, namespace, name
    Identity: TypeAlias = tuple[str, str, str | None, str | None]
    Plain: TypeAlias = tuple[Any, ...]

#: Places of one document share a frame when at most this many lines lie between them.
NEAR = 3


class Place:
    """A span with a sentence.

    ``object`` is the (apiVersion, kind, namespace, name) it belongs to, None where nothing could be
    read; ``path`` the field within it: ``spec.ports[0].name``. ``source`` holds the lines around
    the span by their number, all of the one ``document``, which is the 0-based line it begins at.
    """

    __slots__ = ("document", "message", "object", "path", "source", "span")

    span: Span
    message: str
    object: Identity | None
    path: str | None
    document: int
    source: dict[int, str]

    def plain(self) -> Plain:
        """The same as plain data."""
        span = self.span.as_tuple()
        return span, self.message, self.object, self.path, self.document, self.source

    @staticmethod
    def of(plain: Plain) -> Place:
        """A place from its plain data."""
        place = Place()
        span, place.message, place.object, place.path, place.document, place.source = plain
        place.span = Span(*span)
        return place


class Finding:
    """What hslint reports. ``place`` is the one primary place; ``related`` show why.

    ``fix`` is what to write, for a finding that has one.
    """

    __slots__ = ("fix", "help", "message", "place", "related", "rule", "severity")

    def __init__(
        self,
        rule: str,
        severity: Severity,
        message: str,
        place: Place,
        related: tuple[Place, ...] = (),
        help: str = "",  # noqa: A002  what every linter calls it
        fix: Repair | None = None,
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.related = related
        self.help = help
        self.fix = fix

    @property
    def span(self) -> Span:
        """Where it is."""
        return self.place.span

    @property
    def files(self) -> set[str]:
        """The files that it is about, and those that its fix would change."""
        changes = self.fix.changes if self.fix else ()
        places = (self.place, *self.related)
        return {*(place.span.file for place in places), *(file for file, _, _ in changes)}

    def order(self) -> Plain:
        """Findings are reported in this order: by place, then rule, then message."""
        return (*self.span.as_tuple(), self.rule, self.message)

    def plain(self) -> Plain:
        """The same as plain data."""
        related = tuple(place.plain() for place in self.related)
        return (
            self.rule,
            self.severity.name,
            self.message,
            self.place.plain(),
            related,
            self.help,
            self.fix and self.fix.plain(),
        )

    @staticmethod
    def of(plain: Plain) -> Finding:
        """A finding from its plain data."""
        rule, severity, message, place, related, advice, fix = plain
        return Finding(
            rule,
            SEVERITIES[severity],
            message,
            Place.of(place),
            tuple(Place.of(each) for each in related),
            advice,
            fix and Repair.of(fix),
        )


def place_of(at: Node | Spot, owner: Manifest | None, message: str = "") -> Place:
    """The place of a node or spot; *owner* is the object it is a part of."""
    place = Place()
    place.span = at.span
    place.message = message
    place.object = place.path = None
    if owner is not None:
        place.object = owner.api_version, owner.kind, owner.namespace, owner.name or None
        place.path = written_path(at.path[len(owner.root.path) :]) or None
    place.document = at.document.line
    place.source = {}
    lines = at.document.lines
    for number in range(place.span.line - NEAR - 1, place.span.line + NEAR + 2):
        if 0 <= number - 1 - place.document < len(lines):
            place.source[number] = lines[number - 1 - place.document]
    return place
