"""Drawings are whole, safe, and can be read."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hslint.drawing import DRAWINGS, mermaid, svg
from hslint.drawing.layout import layout
from hslint.graph import Edge, Graph, Vertex

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[str], Graph]

#: The lines of a flowchart that are written. Mermaid's own parser takes every one of them.
_TEXT = '"[^"<>`&{}()\\[\\]]*(?:<br>[^"<>`&{}()\\[\\]]*)*"'
LINES = re.compile(
    rf"""flowchart\ LR
    |\ \ subgraph\ ns\d+\[{_TEXT}\]
    |\ {{4}}n\d+\[{_TEXT}\]
    |\ {{4}}direction\ LR
    |\ \ end
    |\ \ n\d+\ (?:-->|-\.->)(?:\|{_TEXT}\|)?\ n\d+
    |\ \ classDef\ (?:missing|broken)\ [a-z0-9#,: -]+
    |\ \ class\ n\d+(?:,n\d+)*\ (?:missing|broken)
    |\ \ linkStyle\ \d+(?:,\d+)*\ [a-z0-9#,: -]+""",
    re.VERBOSE,
)
STRANGE = st.text(max_size=12)
VERTEX = st.builds(
    Vertex,
    STRANGE,
    STRANGE,
    st.one_of(st.none(), st.sampled_from(["prod", 'a"]', "<b>"])),
    st.integers(0, 3),
    st.lists(STRANGE, max_size=3),
    missing=st.booleans(),
    problems=st.lists(STRANGE, max_size=1),
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph, with any text in it."""
    vertices = draw(st.lists(VERTEX, max_size=12))
    if not vertices:
        return Graph([], [])
    ends = st.sampled_from(vertices)
    edge = st.builds(Edge, ends, ends, STRANGE, st.lists(STRANGE, max_size=3))
    edges = draw(st.lists(edge, max_size=16))
    return Graph(vertices, [e for e in edges if e.source is not e.target])


@given(graphs())
def test_mermaid_is_what_its_grammar_takes_whatever_the_names(graph: Graph) -> None:
    for line in mermaid.render(graph).removesuffix("\n").split("\n"):
        assert LINES.fullmatch(line), line


@given(graphs())
def test_a_picture_is_whole_whatever_the_names(graph: Graph) -> None:
    root = ET.fromstring(svg.render(graph))  # noqa: S314  our own
    boxes = [e for e in root.iter() if e.get("class") == "box"]
    assert len(boxes) == len(graph.vertices)


@given(graphs())
def test_no_box_lies_on_another_and_all_are_in_the_picture(graph: Graph) -> None:
    placed = layout(graph)
    for boxes in (placed.boxes.values(), placed.namespaces):
        for one, other in combinations(boxes, 2):
            apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert apart_x or apart_y
        for box in boxes:
            assert 0 <= box.x <= placed.width - box.width
            assert 0 <= box.y <= placed.height - box.height


def test_mermaid_escapes_what_could_be_taken_for_more() -> None:
    vertex = Vertex("Service", 'a"]; click <b>`#', None, 1)
    assert '["Service a#34;#93;#59; click #60;b#62;#96;#35;"]' in mermaid.render(
        Graph([vertex], [])
    )


@pytest.mark.parametrize("form", ["html", "svg"])
def test_a_picture_needs_no_network_and_runs_nothing(draw: Draw, shop: str, form: str) -> None:
    text = DRAWINGS[form](draw(shop)).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"<script|javascript:|\bsrc=|@import|url\(|https?://(?!web)", text)


def test_a_page_tells_what_is_broken_and_where(draw: Draw, shop: str) -> None:
    page = DRAWINGS["html"](draw(shop.replace("serviceName: db", "serviceName: dbs")))
    links = re.findall(r'<li><a href="#(n\d+)">(.*?)</a>', page)
    assert {name for _, name in links} == {"StatefulSet db", "Deployment web"}
    assert all(f'<g id="{link}"' in page for link, _ in links)


def test_broken_parts_are_red_and_missing_ones_dashed(draw: Draw, shop: str) -> None:
    text = DRAWINGS["mermaid"](draw(shop.replace("serviceName: db", "serviceName: dbs")))
    (missing,) = re.findall(r'(n\d+)\["Service dbs<br>not in the files"\]', text)
    assert f"  class {missing} missing\n" in text
    assert f"  class {missing} broken\n" in text
    assert re.search(r"^  linkStyle \d+,\d+ stroke:#d33", text, re.MULTILINE)  # and db-0.db
