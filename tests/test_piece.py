"""A part of a string stands where it is written, however YAML writes the string."""

from __future__ import annotations

import pytest

from hslint.document import documents
from hslint.piece import Piece
from hslint.source import Source

STYLES = {
    "plain": "v: see db-0.db now\n",
    "plain over lines": "v: see\n  that db-0.db\n  is up\n",
    "double quotes": 'v: "see\\t db-0.db"\n',
    "single quotes": "v: 'it''s db-0.db'\n",
    "literal": "v: |\n  # x\n  see db-0.db\n",
    "literal, lines left blank": "v: |2-  # how\n\n\n    db-0.d\n\n  see db-0.db\n  db-0.d\n",
    "folded, kept, indented": "v: >2+\n    see\n   db-0.db:80\n\n",
    "a later document": "a: 1\n---\nw: db-0.db\nv: |-\n  db-0.db\n",
    "json": '{"w": "db-0.db", "v": "see db-0.db"}\n',
    "after other letters": "v: ünï db-0.db\n",
    "anchored": "v: &here |\n  db-0.db\n",
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_a_piece_stands_at_its_own_characters(text: str) -> None:
    *_, document = documents(Source("f.yaml", text.encode()))
    node = document.root["v"]

    piece = Piece(node, node.string.index("db-0.db"), "db-0.db")

    span = piece.span
    assert text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1] == "db-0.db"
    assert span.line >= node.span.line
    assert (piece.value, piece.path, span.end_line) == ("db-0.db", ("v",), span.line)


def test_the_same_text_again_is_another_piece() -> None:
    text = "w: db db\nv: |\n  db\n  db,db db\n"
    (document,) = documents(Source("f.yaml", text.encode()))
    node = document.root["v"]

    spans = [Piece(node, at, "db").span for at in (0, 3, 6, 9)]

    assert [(span.line, span.column) for span in spans] == [(3, 3), (4, 3), (4, 6), (4, 9)]


def test_behind_an_alias_the_alias_is_the_place() -> None:
    (document,) = documents(Source("f.yaml", b"w: &a db-0.db\nv: *a\n"))

    span = Piece(document.root["v"], 0, "db-0.db").span

    assert (span.line, span.column, span.end_column) == (2, 4, 6)
