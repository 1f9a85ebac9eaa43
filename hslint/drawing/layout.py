"""Where all of a graph is drawn: boxes in columns, what belongs together side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hslint.drawing.groups import by_namespace, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hslint.graph import Edge, Graph, Vertex

#: Pixels: the boxes of vertices, the gaps between them, and the rims of namespaces.
WIDTH, HEAD, LINE, FOOT = 216, 40, 16, 8
GAP_X, GAP_Y, RIM, TITLE = 168, 20, 20, 30
#: How often a column is put in the order of its neighbours, and how wide to how high all shall be.
_SWEEPS, _RATIO = 6, 1.5
#: Pixels that every screen has.
_LEAST = 1300


@dataclass(slots=True, eq=False)
class Box:
    """A rectangle in pixels, with what is in it: a vertex, or others, placed relative to it."""

    width: float
    height: float
    x: float = 0
    y: float = 0
    title: str = ""
    vertex: Vertex | None = None
    inner: list[Box] = field(default_factory=list)

    def move(self, x: float, y: float) -> None:
        """Move it, with all that is in it."""
        self.x += x
        self.y += y
        for box in self.inner:
            box.move(x, y)


@dataclass(slots=True)
class Line:
    """An edge from one point to another; ``sides`` tell which way it leaves and arrives (-1, 1)."""

    edge: Edge
    start: tuple[float, float]
    end: tuple[float, float]
    sides: tuple[int, int]


@dataclass(slots=True)
class Layout:
    """Everything placed, in a picture of this size."""

    width: float
    height: float
    namespaces: list[Box]
    boxes: dict[int, Box]
    lines: list[Line]


def layout(graph: Graph) -> Layout:
    """Place the vertices and edges of *graph*."""
    boxes = {id(v): Box(WIDTH, _height(v), vertex=v) for v in graph.vertices}
    groups = {
        namespace: [_columns(part, boxes, graph) for part in _parts(vertices, graph)]
        for namespace, vertices in by_namespace(graph).items()
    }
    every = [box for group in groups.values() for box in group]
    area = sum((box.width + GAP_X / 2) * (box.height + GAP_Y) for box in every)
    wide = max([(area * _RATIO) ** 0.5, _LEAST, *(box.width for box in every)])
    namespaces = []
    for namespace, group in groups.items():
        width, height = _pack(group, wide, GAP_X / 2)
        for box in group:
            box.move(RIM, RIM + TITLE)
        box = Box(width + 2 * RIM, height + 2 * RIM + TITLE, title=title_of(namespace), inner=group)
        namespaces.append(box)
    width, height = _pack(namespaces, wide + 2 * RIM, GAP_X / 2)
    for box in namespaces:
        box.move(RIM, RIM)
    return Layout(width + 2 * RIM, height + 2 * RIM, namespaces, boxes, _lines(graph, boxes))


def _height(vertex: Vertex) -> float:
    return HEAD + LINE * len(vertex.lines) + FOOT


def _parts(vertices: Sequence[Vertex], graph: Graph) -> list[list[Vertex]]:
    """The vertices that edges connect within a namespace; those without any are one part."""
    root = {id(vertex): id(vertex) for vertex in vertices}

    def find(key: int) -> int:
        while root[key] != key:
            root[key] = key = root[root[key]]
        return key

    connected: set[int] = set()
    for edge in graph.edges:
        ends = id(edge.source), id(edge.target)
        if ends[0] in root and ends[1] in root:
            root[find(ends[0])] = find(ends[1])
            connected.update(ends)
    parts: dict[int, list[Vertex]] = {}
    for vertex in vertices:
        key = find(id(vertex)) if id(vertex) in connected else 0
        parts.setdefault(key, []).append(vertex)
    return sorted(parts.values(), key=lambda part: (id(part[0]) not in connected, -len(part)))


def _columns(part: list[Vertex], boxes: dict[int, Box], graph: Graph) -> Box:
    """Place one part: a column for each sort of vertex, neighbours at one height."""
    columns = [
        [vertex for vertex in part if vertex.column == column]
        for column in sorted({vertex.column for vertex in part})
    ]
    near: dict[int, list[int]] = {id(vertex): [] for vertex in part}
    for edge in graph.edges:
        if id(edge.source) in near and id(edge.target) in near:
            near[id(edge.source)].append(id(edge.target))
            near[id(edge.target)].append(id(edge.source))
    if not any(near.values()):
        return _grid([boxes[id(vertex)] for vertex in part])
    _sweep(columns, near)
    heights = [sum(boxes[id(v)].height + GAP_Y for v in column) - GAP_Y for column in columns]
    inner = []
    for number, (vertices, height) in enumerate(zip(columns, heights, strict=True)):
        y = (max(heights) - height) / 2
        for vertex in vertices:
            box = boxes[id(vertex)]
            box.move(number * (WIDTH + GAP_X), y)
            y += box.height + GAP_Y
            inner.append(box)
    width = len(columns) * (WIDTH + GAP_X) - GAP_X
    return Box(width, max(heights), inner=inner)


def _sweep(columns: list[list[Vertex]], near: dict[int, list[int]]) -> None:
    """Put each column in the order of what its vertices are connected with."""
    place = {id(v): at / len(column) for column in columns for at, v in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            mean = {}
            for vertex in column:
                others = [place[key] for key in near[id(vertex)]]
                mean[id(vertex)] = sum(others) / len(others) if others else place[id(vertex)]
            column.sort(key=lambda vertex: mean[id(vertex)])
            place |= {id(vertex): at / len(column) for at, vertex in enumerate(column)}


def _grid(boxes: list[Box]) -> Box:
    """Place what nothing connects, in rows of a few."""
    width, height = _pack(boxes, (len(boxes) ** 0.5 + 1) * (WIDTH + GAP_Y), GAP_Y)
    return Box(width, height, inner=boxes)


def _pack(boxes: Sequence[Box], wide: float, gap: float) -> tuple[float, float]:
    """Place boxes, each as far up as it goes, not wider than *wide*; return the size of all."""
    placed: list[Box] = []
    for box in boxes:
        starts = {0.0, *(other.x + other.width + gap for other in placed)}
        spots = [
            (_free_below(placed, x, box.width, gap), x)
            for x in starts
            if not x or x + box.width <= wide
        ]
        y, x = min(spots)
        box.move(x, y)
        placed.append(box)
    width = max((box.x + box.width for box in placed), default=0.0)
    return width, max((box.y + box.height for box in placed), default=0.0)


def _free_below(placed: Sequence[Box], x: float, width: float, gap: float) -> float:
    """From where on nothing is in the way of a box of this width at *x*."""
    ends = x - gap, x + width + gap
    below = (b.y + b.height + GAP_Y for b in placed if b.x < ends[1] and b.x + b.width > ends[0])
    return max(below, default=0.0)


def _lines(graph: Graph, boxes: dict[int, Box]) -> list[Line]:
    """The edges, spread over the sides of the boxes in the order of their other ends."""
    lines = []
    sides: dict[tuple[int, int], list[tuple[float, int, bool]]] = {}
    for number, edge in enumerate(graph.edges):
        source, target = boxes[id(edge.source)], boxes[id(edge.target)]
        way = 1 if target.x > source.x else -1
        leave, arrive = (way, -way) if target.x != source.x else (1, 1)
        lines.append(Line(edge, (0, 0), (0, 0), (leave, arrive)))
        middle = target.y + target.height / 2, source.y + source.height / 2
        sides.setdefault((id(edge.source), leave), []).append((middle[0], number, True))
        sides.setdefault((id(edge.target), arrive), []).append((middle[1], number, False))
    for (key, side), ends in sides.items():
        box = boxes[key]
        x = box.x + (box.width if side == 1 else 0)
        for at, (_, number, is_start) in enumerate(sorted(ends), 1):
            point = x, box.y + box.height * at / (len(ends) + 1)
            if is_start:
                lines[number].start = point
            else:
                lines[number].end = point
    return lines
