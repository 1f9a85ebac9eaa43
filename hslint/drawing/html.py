"""A graph as one HTML page: the picture, and in words what is broken in it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from hslint.drawing import svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.graph import Graph

_STYLE = """\
:root{color-scheme:light dark}
body{margin:0;font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;
background:#fff;color:#1f2328}
main{overflow:auto}header,section{padding:12px 20px}h1{font-size:18px;margin:0 0 4px}
h2{font-size:15px;margin:0 0 4px}p{margin:0}ul{margin:0;padding-left:20px}li{margin:2px 0}
a{color:#0969da}
.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 4px 0 12px}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#f0f6fc}a{color:#4493f8}}
"""
#: Colours for light and dark pages alike, and what they stand for.
_KEYS = (
    ("#8250df", "sends requests"),
    ("#1f75e0", "Service"),
    ("#2a9a45", "makes pods"),
    ("#b5830c", "minds pods"),
    ("#d9363e", "broken"),
)


def render(graph: Graph) -> str:
    """The page, which needs no network and runs no script."""
    return "".join(f"{line}\n" for line in _page(graph))


def _page(graph: Graph) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>hslint graph</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>"
    keys = "".join(f'<span class="key" style="background:{c}"></span>{t}' for c, t in _KEYS)
    number = sum(not vertex.missing for vertex in graph.vertices)
    yield f"<header><h1>{number} objects and what they refer to</h1><p>{keys}</p></header>"
    yield f"<main>\n{svg.render(graph)}</main>"
    told = list(_problems(graph))
    if told:
        yield "<section><h2>What is broken</h2>\n<ul>"
        yield from told
        yield "</ul></section>"
    yield "</body>\n</html>"


def _problems(graph: Graph) -> Iterator[str]:
    """What is wrong, once each, with the way to where it shows."""
    number = {id(vertex): at for at, vertex in enumerate(graph.vertices)}
    told: dict[str, int] = {}
    for edge in graph.edges:
        for problem in edge.problems:
            told.setdefault(problem, number[id(edge.source)])
    for vertex in graph.vertices:
        for problem in vertex.problems:
            told.setdefault(problem, number[id(vertex)])
    for problem, at in sorted(told.items(), key=lambda each: (each[1], each[0])):
        vertex = graph.vertices[at]
        name = escape(f"{vertex.kind} {vertex.name}")
        yield f'<li><a href="#n{at}">{name}</a>: {escape(problem)}</li>'
