"""Kinds that Kubernetes no longer serves, and what took their place (``schemas/removed.txt``)."""

from __future__ import annotations

import os

from hslint.schema.table import folder, spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from hslint.schema.table import Table

    Gone = dict[tuple[str, str], tuple[int, str | None]]

MOST_STABLE_FIRST: Final = ("v2", "v1", "v1beta2", "v1beta1", "v1alpha3", "v1alpha2", "v1alpha1")


def removal(table: Table, gone: Gone, api_version: str, kind: str) -> tuple[int, str | None] | None:
    """The first minor without a kind, and the apiVersion to write instead when there is one.

    *gone* are the kinds that no version in the table has (see ``before_the_table``). None when the
    table's version serves the kind, or no version before it did.
    """
    lived = spans(table.kind_versions(api_version, kind))
    if not lived:
        return gone.get((api_version, kind))
    last = max((end for start, end in lived if start <= table.minor), default=table.minor)
    return (last + 1, _successor(table, api_version, kind)) if last < table.minor else None


def before_the_table() -> Gone:
    """What removed.txt says, by apiVersion and kind."""
    found: Gone = {}
    with open(os.path.join(folder(), "removed.txt"), encoding="utf-8") as file:
        for line in file:
            version, minor, successor, *kinds = [*line.split(), "", "", ""]
            for kind in filter(None, kinds):
                if version != "#":
                    found[version, kind] = int(minor), successor if successor != "-" else None
    return found


def _successor(table: Table, api_version: str, kind: str) -> str | None:
    """The most stable apiVersion of the same group that serves the kind."""
    group = api_version.rpartition("/")[0]
    for version in MOST_STABLE_FIRST:
        if table.kind(f"{group}/{version}", kind):
            return f"{group}/{version}"
    return None
