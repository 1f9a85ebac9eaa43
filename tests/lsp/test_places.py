"""Places of an answer, as an editor has them."""

from __future__ import annotations

from lsprotocol import types as lsp

from hslint.lsp.places import Places
from hslint.span import Span

TEXTS = {"a.yaml": "é: 🙂 x\r\nb: 1\n", "b.yaml": "c: 1\n"}


def test_columns_are_in_the_units_of_the_editor() -> None:
    span = Span("a.yaml", 1, 6, 2, 2)
    for encoding, at in (("utf-8", 9), ("utf-16", 6), ("utf-32", 5)):
        places = Places(TEXTS.__getitem__, "file:///{}".format, encoding)
        wanted = lsp.Range(lsp.Position(0, at), lsp.Position(1, 1))
        assert places.location(span) == lsp.Location("file:///a.yaml", wanted)


def test_a_file_is_read_once_for_an_answer_however_many_places_it_has() -> None:
    """Thousands of findings in one large file are shown at once."""
    read: list[str] = []

    def text(name: str) -> str:
        read.append(name)
        return TEXTS[name]

    places = Places(text, str, "utf-16")
    for _ in range(3):
        places.range(Span("a.yaml", 1, 1, 1, 2))
        places.location(Span("b.yaml", 1, 1, 1, 2))
    assert read == ["a.yaml", "b.yaml"]
