"""Reading line by line gives what the parsers give, or leaves the document to them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hslint.yaml import lines
from hslint.yaml.fault import YamlFault
from hslint.yaml.libyaml import Peculiar
from hslint.yaml.load import load
from hslint.yaml.marks import read
from tests.yaml.texts import ENTRIES, documents, manifests, soup

texts = st.one_of(manifests(), manifests(), manifests(), documents(), soup)


def refuse(_text: bytes) -> Any:
    raise Peculiar


def loaded(text: bytes) -> str:
    """What load gives, to the last type and the order of keys."""
    try:
        return repr(load(text))
    except YamlFault as fault:
        return repr(fault.plain())


@settings(max_examples=1500, deadline=None)
@given(texts)
def test_no_other_opinion_than_the_careful_reading(text: bytes) -> None:
    try:
        value = lines.read(text)
    except Peculiar:
        return
    root, is_odd = read(text)
    assert repr(value) == repr(root.value)
    assert not is_odd


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=texts)
def test_load_does_not_need_it(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    with_it = loaded(text)
    with monkeypatch.context() as patch:
        patch.setattr(lines, "read", refuse)
        assert loaded(text) == with_it


@pytest.mark.parametrize("entry", ENTRIES[: ENTRIES.index("text")])
def test_what_manifests_are_made_of_is_read_here(entry: str) -> None:
    if entry.startswith("-"):
        text = f"---\nlist:\n{entry}\n- last\n"
    else:
        text = f"---\nfirst: 1\n{entry}\nlast: 1\n"
    assert repr(lines.read(text.encode())) == repr(read(text.encode())[0].value)


@pytest.mark.parametrize("entry", ENTRIES[ENTRIES.index("text") + 1 :][:10])
def test_what_is_out_of_the_ordinary_is_not(entry: str) -> None:
    with pytest.raises(Peculiar):
        lines.read(f"first: 1\n{entry}\n".encode())


def test_a_value_is_the_callers_own() -> None:
    text = b"a: [{b: []}]\nc: {}\nd:\n  []\n"
    first = lines.read(text)
    first["a"][0]["b"].append(1)
    first["c"]["x"] = 1
    first["d"].append(1)
    assert lines.read(text) == {"a": [{"b": []}], "c": {}, "d": []}


def test_deep_nesting_is_left_to_the_parsers() -> None:
    text = "".join(f"{' ' * column}a:\n" for column in range(0, 80, 2))
    assert lines.read(text.encode())
    with pytest.raises(Peculiar):
        lines.read("".join(f"{' ' * column}a:\n" for column in range(100)).encode())
