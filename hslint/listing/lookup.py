"""A look-up for people: each name that was tried, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.listing.text import rows, table
from hslint.names import NAMESPACE
from hslint.report.visible import visible

if TYPE_CHECKING:
    from hslint.lookup import Lookup


def render(lookup: Lookup) -> str:
    """The search, then the answer or why there is none."""
    last = len(lookup.tried) - 1
    text = f"{lookup.name} from a pod in namespace {lookup.namespace or NAMESPACE}:"
    tried = [
        (f"  {name}", "found" if lookup.resolved and number == last else "no such name")
        for number, name in enumerate(lookup.tried)
    ]
    text = f"{visible(text)}\n{table(tried)}\n"
    if lookup.found:
        text += table(rows(lookup.found))
    if not lookup.resolved:
        text += f"{visible(lookup.name)} does not resolve: {visible(lookup.why)}\n"
    elif lookup.why:
        text += f"{visible(lookup.why)}\n"
    return text
