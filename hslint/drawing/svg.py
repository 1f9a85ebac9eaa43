"""A graph as an SVG picture that needs nothing else, for light and dark screens."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from hslint.drawing.layout import GAP_X, HEAD, LINE, layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.drawing.layout import Box, Layout, Line
    from hslint.graph import Graph

#: Characters that fit into a box, in bold and in small letters, and onto an edge.
_BOLD, _SMALL, _NARROW = 24, 32, 24
#: Pixels: how far an edge goes straight before it bends, and the size of a label's letters.
_BEND, _LETTER, _LABEL = 80, 5.6, 14
#: Pixels that a letter of a namespace's title takes.
_TITLE = 9
_STYLE = """\
.hslint{--page:#fff;--area:#f6f8fa;--box:#fff;--ink:#1f2328;--soft:#59636e;--rim:#8c959f;\
--service:#0969da;--workload:#1a7f37;--entry:#8250df;--minder:#9a6700;\
--bad:#cf222e;--badbox:#fff1f0}
@media (prefers-color-scheme:dark){.hslint{--page:#0d1117;--area:#151b23;--box:#212830;\
--ink:#f0f6fc;--soft:#9198a1;--rim:#656c76;--service:#4493f8;\
--workload:#3fb950;--entry:#ab7df8;--minder:#d29922;--bad:#ff6a62;--badbox:#3b1a1d}}
.hslint text{font-family:system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:var(--ink)}
.page{fill:var(--page)}.area{fill:var(--area);stroke:var(--rim);stroke-opacity:.4}
.area-title{font-size:14px;font-weight:600}
.box{fill:var(--box);stroke:var(--rim)}.kind{font-size:11px;fill:var(--soft)!important}
.name{font-size:13px;font-weight:600}.line{font-size:11px;fill:var(--soft)!important}
.c0{fill:var(--entry)}.c1{fill:var(--service)}.c2{fill:var(--workload)}.c3{fill:var(--minder)}
.edge{fill:none;stroke:var(--rim);stroke-width:1.5}.tip{fill:var(--rim)}.far .edge{opacity:.5}
.label{font-size:10.5px;fill:var(--soft)!important;paint-order:stroke;\
stroke:var(--area);stroke-width:4px}
.missing .box{stroke-dasharray:6 4}.missing .mark{fill:none}.dashed .edge{stroke-dasharray:6 4}
.bad .box{stroke:var(--bad);stroke-width:2;fill:var(--badbox)}.bad .mark{fill:var(--bad)}
.bad .edge{stroke:var(--bad);stroke-width:2}.bad .tip{fill:var(--bad)}
.bad .label{fill:var(--bad)!important}
"""


def render(graph: Graph) -> str:
    """The picture."""
    return "".join(f"{line}\n" for line in _picture(layout(graph)))


def _picture(placed: Layout) -> Iterator[str]:
    width, height = round(placed.width), round(placed.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hslint" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">'
    )
    yield f"<style>\n{_STYLE}</style>"
    yield '<rect class="page" width="100%" height="100%"/>'
    for box in placed.namespaces:
        yield f'<rect class="area" {_frame(box)} rx="8"/>'
        yield _text("area-title", box.x + 20, box.y + 28, box.title, int(box.width / _TITLE))
    labels = _Labels()
    ordered = sorted(placed.lines, key=lambda line: bool(line.edge.problems))
    for line in ordered:
        yield from _edge(line)
    for number, box in enumerate(placed.boxes.values()):
        yield from _vertex(box, number)
    for line in ordered:
        yield from labels.draw(line)
    yield "</svg>"


def _vertex(box: Box, number: int) -> Iterator[str]:
    vertex = box.vertex
    assert vertex is not None
    states = ["missing"] if vertex.missing else []
    states += ["bad"] if vertex.problems else []
    yield f'<g id="n{number}" class="{" ".join(states)}">'
    told = [f"{vertex.kind} {vertex.name}", vertex.file, *vertex.lines, *vertex.problems]
    yield f"<title>{_t(chr(10).join(filter(None, told)))}</title>"
    yield f'<rect class="box" {_frame(box)} rx="6"/>'
    yield (
        f'<rect class="mark c{vertex.column}" x="{box.x:.0f}" y="{box.y:.0f}" width="5"'
        f' height="{box.height:.0f}" rx="2.5"/>'
    )
    kind = f"{vertex.kind} · not in the files" if vertex.missing else vertex.kind
    yield _text("kind", box.x + 14, box.y + 17, kind, _SMALL)
    yield _text("name", box.x + 14, box.y + 33, vertex.name, _BOLD)
    for at, line in enumerate(vertex.lines):
        yield _text("line", box.x + 14, box.y + HEAD + LINE * at + 12, line, _SMALL)
    yield "</g>"


def _edge(line: Line) -> Iterator[str]:
    (x, y), (to_x, to_y) = line.start, line.end
    leave, arrive = line.sides
    tip = to_x + arrive * 8
    path = (
        f"M{x:.0f} {y:.0f}C{x + leave * _BEND:.0f} {y:.0f}"
        f" {tip + arrive * _BEND:.0f} {to_y:.0f} {tip:.0f} {to_y:.0f}"
    )
    arrow = f"M{to_x:.0f} {to_y:.0f}l{arrive * 9} -4.5v9z"
    yield f'<g class="{_states(line)}">{_title(line)}<path class="edge" d="{path}"/>'
    yield f'<path class="tip" d="{arrow}"/></g>'


class _Labels:
    """Labels of edges, none on top of another."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float, float]] = []

    def draw(self, line: Line) -> Iterator[str]:
        """The label in the middle of an edge between neighbours, else where it begins."""
        text = _cut(line.edge.label, _NARROW)
        if not text:
            return
        half = len(text) * _LETTER / 2
        x, middle = (line.start[0] + line.end[0]) / 2, (line.start[1] + line.end[1]) / 2 - 3
        if abs(line.start[0] - line.end[0]) != GAP_X:  # what is in its way has text of its own
            x, middle = line.start[0] + line.sides[0] * (half + _LABEL), line.start[1] - 3
        for step in (0, 1, -1, 2, -2, 3, -3):
            y = middle + step * _LABEL
            if not any(abs(y - b) < _LABEL and abs(x - a) < half + h for a, b, h in self._taken):
                break
        self._taken.append((x, y, half))
        yield (
            f'<g class="{_states(line)}">{_title(line)}<text class="label" text-anchor="middle"'
            f' x="{x:.0f}" y="{y:.0f}">{_t(text)}</text></g>'
        )


def _states(line: Line) -> str:
    edge = line.edge
    states = {
        "dashed": edge.target.missing,
        "bad": edge.problems,
        "far": edge.source.namespace != edge.target.namespace,
    }
    return " ".join(state for state, holds in states.items() if holds)


def _title(line: Line) -> str:
    edge = line.edge
    ends = f"{edge.source.kind} {edge.source.name} → {edge.target.kind} {edge.target.name}"
    told = [ends, f"{edge.verb} {', '.join(edge.labels)}".strip(), *edge.problems]
    return f"<title>{_t(chr(10).join(filter(None, told)))}</title>"


def _frame(box: Box) -> str:
    return f'x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height:.0f}"'


def _text(style: str, x: float, y: float, text: str, most: int) -> str:
    return f'<text class="{style}" x="{x:.0f}" y="{y:.0f}">{_t(_cut(text, most))}</text>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _t(text: str) -> str:
    """Text for XML: escaped, and without what XML cannot hold."""
    kept = (c if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff") else "�" for c in text)
    return escape("".join(kept))
