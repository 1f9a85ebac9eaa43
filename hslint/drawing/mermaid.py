"""A graph as a Mermaid flowchart, which GitHub, GitLab and many editors draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.drawing.groups import by_namespace, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.graph import Graph, Vertex

#: What stands for itself in a quoted text; anything else is written by its number.
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:/_-=+?→")
#: Good on light and dark pages alike.
_RED = "#d33"


def render(graph: Graph) -> str:
    """The flowchart, broken parts in red, and what is missing with a dashed line."""
    return "".join(f"{line}\n" for line in _lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    ids = {id(vertex): f"n{number}" for number, vertex in enumerate(graph.vertices)}
    yield "flowchart LR"
    for number, (namespace, vertices) in enumerate(by_namespace(graph).items()):
        yield f'  subgraph ns{number}["{_text(title_of(namespace))}"]'
        yield "    direction LR"
        for vertex in vertices:
            yield f'    {ids[id(vertex)]}["{_inside(vertex)}"]'
        yield "  end"
    for edge in graph.edges:
        arrow = "-.->" if edge.target.missing else "-->"
        label = f'|"{_text(edge.label)}"|' if edge.label else ""
        yield f"  {ids[id(edge.source)]} {arrow}{label} {ids[id(edge.target)]}"
    missing = [ids[id(v)] for v in graph.vertices if v.missing]
    broken = [ids[id(v)] for v in graph.vertices if v.problems]
    edges = [str(number) for number, edge in enumerate(graph.edges) if edge.problems]
    if missing:
        yield "  classDef missing stroke-dasharray:6 4"
        yield f"  class {','.join(missing)} missing"
    if broken:
        yield f"  classDef broken stroke:{_RED},stroke-width:3px"
        yield f"  class {','.join(broken)} broken"
    if edges:
        yield f"  linkStyle {','.join(edges)} stroke:{_RED},stroke-width:3px,color:{_RED}"


def _inside(vertex: Vertex) -> str:
    missing = ["not in the files"] if vertex.missing else []
    lines = [f"{vertex.kind} {vertex.name}", *vertex.lines, *missing]
    return "<br>".join(map(_text, lines))


def _text(text: str) -> str:
    """Text with everything escaped that could mean something to Mermaid or to a browser."""
    return "".join(c if c in _PLAIN else f"#{ord(c)};" for c in text)
