"""Marks say where a value is written and what was written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hslint.yaml import quick
from hslint.yaml.fault import YamlFault
from hslint.yaml.libyaml import Peculiar
from hslint.yaml.load import load
from hslint.yaml.marks import marks, read
from hslint.yaml.split import split
from tests.yaml.kubectl import exact
from tests.yaml.texts import documents, manifests, soup

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.yaml.mark import Mark


def written(text: str, mark: Mark) -> str:
    """The text a mark covers."""
    (line, column), (end_line, end_column) = mark.start, mark.end
    lines = text.split("\n")[line : end_line + 1]
    lines[-1] = lines[-1][:end_column]
    lines[0] = lines[0][column:]
    return "\n".join(lines)


def at(mark: Mark, *path: str | int) -> Mark:
    for step in path:
        children: Any = mark.children
        mark = children[step]
    return mark


TEXT = """\
# a comment
kind: Service   # and another
"quoted key": 'a '' b'
tagged: !!int "0x10"
anchored: &port 80
alias: *port
block: |2-
    text
   more
folded: >- # comment
  text
list:
- first
-   second: [x, "y z", {k: v}]
    third:
empty:
multi: several
  lines
é: 😀 after
"""


def test_scalars_cover_their_text() -> None:
    root = marks(TEXT.encode())
    spans = {
        ("kind",): "Service",
        ("quoted key",): "'a '' b'",
        ("tagged",): '"0x10"',
        ("anchored",): "80",
        ("alias",): "*port",
        ("block",): "|2-",
        ("folded",): ">-",
        ("list", 0): "first",
        ("list", 1, "second", 1): '"y z"',
        ("list", 1, "second", 2): "{k: v}",
        ("list", 1, "second", 2, "k"): "v",
        ("list", 1, "second"): '[x, "y z", {k: v}]',
        ("list", 1): 'second: [x, "y z", {k: v}]\n    third:',
        ("empty",): "",
        ("multi",): "several\n  lines",
        ("é",): "😀 after",
    }
    assert {path: written(TEXT, at(root, *path)) for path in spans} == spans
    key = at(root, "quoted key").key
    assert key is not None
    assert written(TEXT, key) == '"quoted key"'


def test_what_is_plain() -> None:
    root = marks(TEXT.encode())
    plain = {
        name: at(root, name).plain for name in ("kind", "quoted key", "tagged", "alias", "block")
    }
    assert plain == {
        "kind": True,
        "quoted key": False,
        "tagged": False,
        "alias": False,
        "block": False,
    }
    assert at(root, "alias").text == "80"


def test_keys_given_twice() -> None:
    text = "a: 1\nyes: 2\na: 3\n'true': 4\na: 5\n"
    root = marks(text.encode())
    pairs = [(first.start[0], second.start[0]) for first, second in root.repeated]
    assert pairs == [(0, 2), (1, 3), (2, 4)]
    assert at(root, "a").text == "5"
    assert at(root, "true").text == "4"


def test_merge_keys() -> None:
    text = "base: &b {x: 1, z: 2}\nitem:\n  x: 9\n  <<: *b\n  z: 3\n"
    item = at(marks(text.encode()), "item")
    assert [mark.start for mark in item.merged] == [(3, 2)]
    assert at(item, "x").start == (0, 13)
    assert at(item, "z").start == (4, 5)
    assert item.value == {"x": 1, "z": 3}


def test_lines_are_those_of_an_editor() -> None:
    text = "a: 'x\u2028y\x85z'\nb: 1\n"
    assert at(marks(text.encode()), "b").start == (1, 3)


def test_a_byte_order_mark_inside_a_text_is_a_character() -> None:
    text = "a: x\ufeffy\n"
    assert written(text, at(marks(text.encode()), "a")) == "x\ufeffy"


def test_json_has_marks_too() -> None:
    [chunk] = split(b'{"a": "\\ud83d\\ude00",\n "b": [1, "\\/"]}')
    root = marks(chunk.text)
    assert at(root, "a").text == "😀"
    assert (at(root, "b", 1).start, at(root, "b", 1).text) == ((1, 10), "/")
    assert at(root, "b", 0).plain


@settings(max_examples=300, deadline=None)
@given(documents())
def test_marks_agree_with_load(text: bytes) -> None:
    value, fault = attempt(lambda: load(text)[0])
    root, other = attempt(lambda: marks(text))
    assert place(fault) == place(other)
    if root is not None:
        assert exact(root.value) == exact(value)
        _agrees(text.decode(), root, value, is_alias=False)


def attempt(read: Callable[[], Any]) -> tuple[Any, YamlFault | None]:
    """What is read, or why not."""
    try:
        return read(), None
    except YamlFault as fault:
        return None, fault


def place(fault: YamlFault | None) -> tuple[str, int, int] | None:
    return (fault.kind, fault.line, fault.column) if fault else None


def _agrees(text: str, mark: Mark, value: Any, *, is_alias: bool) -> None:
    is_alias = is_alias or written(text, mark).startswith("*")
    if isinstance(value, dict):
        assert isinstance(mark.children, dict)
        assert mark.children.keys() == value.keys()
        for key, item in value.items():
            _agrees(text, mark.children[key], item, is_alias=is_alias)
    elif isinstance(value, list):
        assert isinstance(mark.children, list)
        for inner, item in zip(mark.children, value, strict=True):
            _agrees(text, inner, item, is_alias=is_alias)
    elif mark.plain:
        assert written(text, mark) == mark.text


def all_of(mark: Mark) -> Any:
    """Everything a mark and those below it say."""
    children: Any = mark.children
    if isinstance(children, dict):
        children = [(key, all_of(child)) for key, child in children.items()]
    elif children is not None:
        children = [all_of(child) for child in children]
    key = all_of(mark.key) if mark.key is not None else None
    pairs = [len(mark.repeated), len(mark.merged), len(mark.overruled)]
    return mark.start, mark.end, key, mark.text, mark.plain, repr(mark.value), pairs, children


@settings(max_examples=600, deadline=None)
@given(st.one_of(manifests(), documents(), soup))
def test_quick_marks_are_the_careful_ones(text: bytes) -> None:
    try:
        found = quick.marks(text)
    except Peculiar:
        return
    assert all_of(found) == all_of(read(text)[0])


def test_ordinary_documents_have_quick_marks() -> None:
    text = TEXT.replace("!!int ", "").replace("&port ", "").replace("*port", "80")
    assert all_of(quick.marks(text.encode())) == all_of(read(text.encode())[0])


@settings(max_examples=300, deadline=None)
@given(soup)
def test_faults_point_into_the_text(text: bytes) -> None:
    fault = attempt(lambda: marks(text))[1]
    if fault is not None:
        lines = [*text.decode().split("\n"), ""]
        assert 0 <= fault.line < len(lines)
        assert 0 <= fault.column <= len(lines[fault.line])
        assert fault.message
