"""Every schema of a run: Kubernetes' own, and those of custom resources."""

from __future__ import annotations

from hslint.schema.table import NEWEST, Table, spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Final

    from hslint.schema.custom import Customs
    from hslint.schema.fault import Fault
    from hslint.schema.served import Served


class Schemas:
    """The schemas of Kubernetes 1.*minor*, and of the custom resources that *crds* define.

    *extra* are the parsed documents of files that hold schemas, each with its file's path: more
    definitions of custom resources, or JSON schemas of single kinds (see hslint.schema.custom for
    how these are told apart). ``broken`` names the schemas that could not be used, and why; it
    grows while objects are checked, since schemas are read when first needed.
    """

    __slots__ = (
        "_customs",
        "_gone",
        "_removed",
        "_served",
        "_versions",
        "broken",
        "minor",
        "table",
    )

    def __init__(
        self,
        minor: int = NEWEST,
        crds: Iterable[dict[str, Any]] = (),
        extra: Iterable[tuple[str, Any]] = (),
    ) -> None:
        self.minor: Final = minor
        self.table: Final = Table(minor)
        self.broken: Final[list[tuple[str, str]]] = []
        self._customs: Customs | None = None
        self._served: Served | None = None
        self._gone: dict[tuple[str, str], tuple[int, str | None]] | None = None
        self._removed: Final[dict[tuple[str, str], tuple[int, str | None] | None]] = {}
        self._versions: Final[dict[tuple[str, str], tuple[int, int] | None]] = {}
        crds, extra = list(crds), list(extra)
        if crds or extra:
            from hslint.schema.custom import Customs  # most runs define no custom resources

            self._customs = Customs(crds, extra, self.table, self.broken)

    def faults(self, value: dict[str, Any]) -> list[Fault] | None:
        """Return what is wrong with an object; None when there is no schema for its kind."""
        api_version, kind = value.get("apiVersion"), value.get("kind")
        if not isinstance(api_version, str) or not isinstance(kind, str):
            return None
        known = self.table.kind(api_version, kind)
        if known is not None:
            if known.ok(value):
                return []
            from hslint.schema.explain import explain  # only objects with faults need it

            return explain(self.table, known, value)
        if self._customs is not None:
            return self._customs.faults(api_version, kind, value)
        return None

    def defines(self, api_version: str, kind: str) -> bool:
        """Whether there is a custom schema of a kind."""
        return self._customs is not None and self._customs.defines(api_version, kind)

    def serves(self, api_version: str, kind: str) -> bool:
        """Whether Kubernetes 1.*minor* itself has a kind."""
        return self.table.kind(api_version, kind) is not None

    def versions(self, api_version: str, kind: str) -> tuple[int, int] | None:
        """The first and the last minor of Kubernetes with a kind, among those in the table."""
        key = api_version, kind
        if key not in self._versions:
            found = spans(self.table.kind_versions(api_version, kind))
            self._versions[key] = (found[0][0], found[-1][1]) if found else None
        return self._versions[key]

    def removed(self, api_version: str, kind: str) -> tuple[int, str | None] | None:
        """The minor without a kind that older ones had, and the apiVersion to write instead."""
        key = api_version, kind
        if key not in self._removed:
            from hslint.schema.removed import before_the_table, removal  # few objects ask

            if self._gone is None:
                self._gone = before_the_table()
            self._removed[key] = removal(self.table, self._gone, api_version, kind)
        return self._removed[key]

    @property
    def served(self) -> Served:
        """The kinds that Kubernetes 1.*minor* serves, for suggestions."""
        from hslint.schema.served import Served  # only kinds that nobody serves ask

        if self._served is None:
            self._served = Served(self.table)
        return self._served

    def cluster_scoped(self, group: str, kind: str) -> bool:
        """Whether objects of a kind live outside namespaces; unknown kinds are taken not to."""
        from hslint.schema.scope import CLUSTER_SCOPED

        if (group, kind) in CLUSTER_SCOPED:
            return True
        return self._customs is not None and self._customs.cluster_scoped(group, kind)
