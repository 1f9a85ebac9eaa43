"""Which kinds Kubernetes serves, and under which apiVersions: what a wrong pair meant."""

from __future__ import annotations

from hslint.schema.table import covers
from hslint.suggest import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.schema.table import Table


class Served:
    """The kinds that the version of *table* serves."""

    __slots__ = ("_homes", "_kinds", "_like")

    def __init__(self, table: Table) -> None:
        self._homes: dict[str, list[str]] = {}
        self._kinds: dict[str, list[str]] = {}
        self._like: dict[tuple[str, str], str | None] = {}
        for block in table.text.decode().split("\n\n"):
            head = block.partition("\n")[0].split(" ")
            if len(head) > 2 and covers(head[2], table.minor):
                self._homes.setdefault(head[0].rpartition(".")[2], []).append(head[1])

    def homes(self, kind: str) -> list[str]:
        """The apiVersions that serve *kind*, the stable ones first."""
        return sorted(self._homes.get(kind, ()), key=lambda home: ("beta" in home, "alpha" in home))

    def kinds(self, group: str) -> list[str]:
        """The kinds of an API group ("" is the core group)."""
        found = self._kinds.get(group)
        if found is None:
            found = [kind for kind, homes in self._homes.items() if group in map(_group, homes)]
            self._kinds[group] = found
        return found

    def like(self, kind: str, group: str) -> str | None:
        """The kind of the group that *kind* is probably meant to be."""
        key = kind, group
        if key not in self._like:
            self._like[key] = closest(kind, self.kinds(group))
        return self._like[key]


def _group(api_version: str) -> str:
    return api_version.rpartition("/")[0]
