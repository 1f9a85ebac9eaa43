"""Graphs drawn: one format, one file, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.drawing import html, mermaid, svg

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from hslint.graph import Graph

    Drawing: TypeAlias = Callable[[Graph], str]

#: What draws a graph, by the name of the format.
DRAWINGS: dict[str, Drawing] = {
    "mermaid": mermaid.render,
    "html": html.render,
    "svg": svg.render,
}
