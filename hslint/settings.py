"""What a run takes for granted."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Settings:
    """The command line's options that change what is found."""

    __slots__ = ("closed_world", "cluster_domain", "minor", "namespace", "schemas")

    def __init__(
        self,
        *,
        minor: int = 37,
        namespace: str | None = None,
        cluster_domain: str = "cluster.local",
        closed_world: bool = False,
        schemas: Sequence[tuple[str, Any]] = (),
    ) -> None:
        self.minor = minor
        #: Further schemas: (file, parsed document), definitions of custom resources among them.
        self.schemas = schemas
        self.namespace = namespace
        self.cluster_domain = cluster_domain
        self.closed_world = closed_world

    def plain(self) -> tuple[object, ...]:
        """All of them as plain data."""
        return tuple(getattr(self, name) for name in self.__slots__)
