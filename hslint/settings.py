"""What a run takes for granted."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Settings:
    """The options of the command line, and of a config file, that change what is found.

    What a config file alone says is nothing here to begin with.
    """

    __slots__ = (
        "closed_world",
        "cluster_domain",
        "external",
        "file",
        "folder",
        "given",
        "ignore",
        "minor",
        "namespace",
        "schemas",
        "severity",
    )

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
        #: The name of the config file, and the project's folder, absolute.
        self.file = ""
        self.folder = ""
        #: By the name of a rule: ``error``, ``warning``, ``info`` or ``off``.
        self.severity: dict[str, str] = {}
        #: (names of rules and groups, globs for files, globs for objects) of what is left out.
        self.ignore: Sequence[tuple[Sequence[str], ...]] = []
        #: (kind, name, namespace, ports, labels, line, column) of objects that live elsewhere.
        self.external: Sequence[tuple[Any, ...]] = []
        #: The names of the files that findings are about; None for all that are read.
        self.given: frozenset[str] | None = None

    def plain(self) -> tuple[object, ...]:
        """All as plain data, but for which files are given: they are read alike."""
        return tuple(getattr(self, name) for name in self.__slots__ if name != "given")

    def is_given(self, file: str) -> bool:
        """Whether findings may be about *file*."""
        return self.given is None or file in self.given
