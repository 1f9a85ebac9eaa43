"""A problem made public: which rule, how bad, where, and what else to look at."""

from __future__ import annotations

from hslint.node import written_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.document import Span, Spot
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.rule import Severity


class Place:
    """A span with a sentence, and the object it belongs to (None where nothing could be read)."""

    __slots__ = ("at", "message", "owner")

    def __init__(self, at: Node | Spot, owner: Manifest | None, message: str = "") -> None:
        self.at = at
        self.owner = owner
        self.message = message

    @property
    def span(self) -> Span:
        """Where it is."""
        return self.at.span

    @property
    def path(self) -> str | None:
        """The field within the object: ``spec.ports[0].name``."""
        if self.owner is None:
            return None
        return written_path(self.at.path[len(self.owner.root.path) :]) or None


class Finding:
    """What hslint reports. ``place`` is the one primary place; ``related`` show why."""

    __slots__ = ("help", "message", "place", "related", "rule", "severity", "span")

    def __init__(
        self,
        rule: str,
        severity: Severity,
        message: str,
        place: Place,
        related: tuple[Place, ...] = (),
        help: str = "",  # noqa: A002  what every linter calls it
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.span = place.span
        self.related = related
        self.help = help

    def order(self) -> tuple[object, ...]:
        """Findings are reported in this order: by place, then rule, then message."""
        return (*self.span.as_tuple(), self.rule, self.message)
