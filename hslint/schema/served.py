"""Which kinds Kubernetes serves, and under which apiVersions: what a wrong pair meant."""

from __future__ import annotations

from hslint.schema.table import covers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.schema.table import Table


class Served:
    """The kinds that the version of *table* serves."""

    __slots__ = ("_homes",)

    def __init__(self, table: Table) -> None:
        self._homes: dict[str, list[str]] = {}
        for block in table.text.decode().split("\n\n"):
            head = block.partition("\n")[0].split(" ")
            if len(head) > 2 and covers(head[2], table.minor):
                self._homes.setdefault(head[0].rpartition(".")[2], []).append(head[1])

    def homes(self, kind: str) -> list[str]:
        """The apiVersions that serve *kind*, the stable ones first."""
        return sorted(self._homes.get(kind, ()), key=lambda home: ("beta" in home, "alpha" in home))

    def kinds(self, group: str) -> list[str]:
        """The kinds of an API group ("" is the core group)."""
        return [kind for kind, homes in self._homes.items() if group in map(_group, homes)]


def _group(api_version: str) -> str:
    return api_version.rpartition("/")[0]
