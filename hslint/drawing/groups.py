"""The vertices of a graph by their namespaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hslint.graph import Graph, Vertex


def by_namespace(graph: Graph) -> dict[str | None, list[Vertex]]:
    """The vertices of each namespace, in order."""
    found: dict[str | None, list[Vertex]] = {}
    for vertex in graph.vertices:
        found.setdefault(vertex.namespace, []).append(vertex)
    return found


def title_of(namespace: str | None) -> str:
    """What is written above the objects of a namespace."""
    return "no namespace written" if namespace is None else f"namespace {namespace}"
