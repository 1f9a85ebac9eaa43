"""A fix touches the bytes it must, and is not made where it would change more than is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hslint import Fix
from hslint.document import documents
from hslint.edit import repairs
from hslint.mend import mend
from hslint.piece import Piece
from hslint.source import Source

if TYPE_CHECKING:
    from hslint import Node


def fixed(text: str | bytes, *fixes: Fix | None) -> bytes:
    """The text after the fixes, as far as they are made in one pass."""
    data = text if isinstance(text, bytes) else text.encode()
    after, _ = mend([repairs([fix])[0] for fix in fixes if fix], lambda _: data)
    return after.get("a.yaml", data)


def root(text: str | bytes, number: int = 0) -> Node:
    data = text if isinstance(text, bytes) else text.encode()
    return list(documents(Source("a.yaml", data)))[number].root


def why(fix: Fix | None) -> str:
    assert fix is not None
    made = repairs([fix])[0]
    assert not made.edits
    return made.why


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: none", "None", "a: None"),
        ("a: none # why", "None", "a: None # why"),
        ("a:   'none'", "None", "a:   'None'"),
        ('a: "none"', "it's", 'a: "it\'s"'),
        ("a: 'none'", "it's", "a: 'it''s'"),
        ('a: "80" # port', 80, "a: 80 # port"),
        ("a: yes", "yes", 'a: "yes"'),
        ("a: 1.10", "1.10", 'a: "1.10"'),
        ("a: 0755", "0755", 'a: "0755"'),
        ("a: true", "true", 'a: "true"'),
        ('a: "true"', True, "a: true"),
        ("a: x", "x: y", 'a: "x: y"'),
        ("a: x", "2001-12-14", 'a: "2001-12-14"'),
        ("a: x", "12:30", 'a: "12:30"'),
        ("a: x", "db.prod.svc:27017", "a: db.prod.svc:27017"),
        ("a:", "None", "a: None"),
        ("a:  # nothing", "None", "a: None  # nothing"),
        ("a: ~", "None", "a: None"),
        ("{a: none, b: 1}", "None", "{a: None, b: 1}"),
        ("{a: x}", "1,2", '{a: "1,2"}'),
        ("? a\n: none", "None", "? a\n: None"),
        ("a: !!str 80", "81", 'a: !!str "81"'),
        ("a: one\n  two", "three", "a: three"),
        ('{"a": "none"}', "None", '{"a": "None"}'),
        ('{"a": "80"}', 80, '{"a": 80}'),
        ('{"a": 1.10}', "1.10", '{"a": "1.10"}'),
    ],
)
def test_a_scalar_is_written(before: str, value: str | int, after: str) -> None:
    for head, tail in (("", ""), ("", "\nb: [x]   # end\n"), ("# é名\n", "\n")):
        if "{" in before and tail:
            continue
        text = head + before + tail
        assert fixed(text, Fix.write(root(text)["a"], value)).decode() == head + after + tail


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("clusterIp: x\n", "clusterIP: x\n"),
        ('"clusterIp" : x # y\n', '"clusterIP" : x # y\n'),
        ("'clusterIp':\n  - a\n", "'clusterIP':\n  - a\n"),
        ('{"clusterIp": 1}', '{"clusterIP": 1}'),
        ("? clusterIp\n: x\n", "? clusterIP\n: x\n"),
    ],
)
def test_a_key_is_renamed(before: str, after: str) -> None:
    assert fixed(before, Fix.rename(root(before)["clusterIp"], "clusterIP")).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x:\n  a: 1 # one\n  b: 2 # two\n", "x:\n  b: 2 # two\n"),
        ("x:\n  # about b\n  b: 2\n  # about a\n  a: 1\ny: 3\n", None),
        ("x:\n  b: 2\n  a: 1", "x:\n  b: 2\n"),
        ("x:\n  b: 2\n  a:\n    - c: |\n        text\n\n        more\n\n# end\ny: 1\n", None),
        ("x:\n  b: 2\n  a:\n  - c\n  - d\ny: 1\n", "x:\n  b: 2\ny: 1\n"),
        ("x:\n  a: 1 # one\ny: 1\n", "x: {}\ny: 1\n"),
        ("x: {a: 1, b: 2}\n", "x: {b: 2}\n"),
        ("x: {b: 2, a: 1}\n", "x: {b: 2}\n"),
        ("x: { a: 1 }\n", "x: {  }\n"),
        ('{"x": {\n  "b": 2,\n  "a": 1\n}}\n', '{"x": {\n  "b": 2\n}}\n'),
        ("x:\r\n  a: 1\r\n  b: 2\r\n", "x:\r\n  b: 2\r\n"),
    ],
)
def test_an_entry_is_removed(before: str, after: str | None) -> None:
    if after is None:
        start, end = before.index("  a:"), before.find("\n\n#") + 1 or before.index("y:")
        after = before[:start] + before[end:]
    assert fixed(before, Fix.remove(root(before)["x"]["a"])).decode() == after


def test_the_first_entry_behind_a_dash_makes_room_for_the_next() -> None:
    text = "x:\n  - a: 1\n    b: 2\n"
    assert fixed(text, Fix.remove(root(text)["x"][0]["a"])) == b"x:\n  - b: 2\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x: # why\n  # about b\n  b: 2\n", "x: # why\n  a: None\n  # about b\n  b: 2\n"),
        ("x: {b: 2}\n", "x: {a: None, b: 2}\n"),
        ("x: {}\n", "x: {a: None}\n"),
        ('{"x": {\n  "b": 2\n}}\n', '{"x": {\n  "a": "None",\n  "b": 2\n}}\n'),
        ("x:\r\n    b: 2\r\n", "x:\r\n    a: None\r\n    b: 2\r\n"),
        ("x:\n\n  b: 2", "x:\n  a: None\n\n  b: 2"),
        ("? x\n: b: 2\n", "? x\n: a: None\n  b: 2\n"),
    ],
)
def test_an_entry_is_added(before: str, after: str) -> None:
    assert fixed(before, Fix.add(root(before)["x"], "a", "None")).decode() == after


def test_an_entry_is_added_to_an_item_of_a_list() -> None:
    text = "x:\n- - b: 1\n"
    assert fixed(text, Fix.add(root(text)["x"][0][0], "a", 1)) == b"x:\n- - a: 1\n    b: 1\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: http://db.x:80/db # db.x\n", "a: http://db.y:80/db # db.x\n"),
        ('a: "\\u0020db.x"\n', 'a: "\\u0020db.y"\n'),
        ("a: |\n  one\n\n  db.x two\nb: db.x\n", "a: |\n  one\n\n  db.y two\nb: db.x\n"),
        ("a: >-\n  one\n  db.x\n", "a: >-\n  one\n  db.y\n"),
        ('{"a": "db.x"}', '{"a": "db.y"}'),
    ],
)
def test_a_part_of_a_string_is_swapped(before: str, after: str) -> None:
    node = root(before)["a"]
    piece = Piece(node, node.string.index("db.x"), "db.x")
    assert fixed(before, Fix.swap(piece, "db.x", "db.y")).decode() == after


def test_a_piece_is_swapped_where_it_stands() -> None:
    text = "a: |\n  db.x db.x\n  db.x\n"
    piece = Piece(root(text)["a"], 5, "db.x")
    assert fixed(text, Fix.swap(piece, "db", "my")) == b"a: |\n  db.x my.x\n  db.x\n"


def test_what_several_places_share_is_left_alone() -> None:
    text = "a: &x none\nb: *x\nc: &y {d: 1, e: 2}\nf: *y\n<<: *y\n"
    of = root(text)
    for fix in (
        Fix.write(of["a"], "None"),
        Fix.write(of["b"], "None"),
        Fix.write(of["c"]["d"], 2),
        Fix.write(of["f"]["d"], 2),
        Fix.write(of["d"], 2),
        Fix.remove(of["c"]["d"]),
        Fix.remove(of["d"]),
        Fix.rename(of["d"], "g"),
        Fix.add(of["c"], "g", 2),
    ):
        assert why(fix)
        assert fixed(text, fix) == text.encode()


def test_an_anchor_that_nothing_uses_is_no_obstacle() -> None:
    text = "a: &x none\n"
    assert fixed(text, Fix.write(root(text)["a"], "None")) == b"a: &x None\n"


def test_what_something_else_fills_in_is_left_alone() -> None:
    text = "a: ${X}\nb: {c: ['{{ x }}']}\n$(k): 1\n"
    of = root(text)
    for fix in (
        Fix.write(of["a"], "None"),
        Fix.swap(of["a"], "${X}", "Y"),
        Fix.remove(of["b"]),
        Fix.rename(of["$(k)"], "k"),
    ):
        assert why(fix) == "something else fills it in"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: |\n  none\n", ("a",)),
        ("a: [1]\n", ("a",)),
        ("a: 1\n", ("b",)),
        ("- a\n", ("a",)),
    ],
)
def test_what_is_no_scalar_of_one_line_is_not_written(text: str, path: tuple[str]) -> None:
    assert why(Fix.write(root(text).at(path), "None"))


def test_a_comment_is_never_lost() -> None:
    text = "x:\n  - a: 1\n    # about b\n    b: 2\nz: {a: 1, # one\n  b: 2}\n"
    assert why(Fix.remove(root(text)["x"][0]["a"])) == "a comment stands in between"
    assert why(Fix.remove(root(text)["z"]["b"])) == "a comment stands in between"


def test_a_key_that_is_there_already_is_neither_made_nor_added() -> None:
    text = "a: 1\nb: {c: 1}\n"
    assert why(Fix.rename(root(text)["a"], "b"))
    assert why(Fix.add(root(text)["b"], "c", 2))


def test_other_documents_stay_as_they_are() -> None:
    text = "\ufeffa: &x 1\r\n---\r\n# c\r\na: none\r\n---\r\na: 'x'"
    after = fixed(text, Fix.write(root(text, 1)["a"], "None"), Fix.write(root(text, 2)["a"], "y"))
    assert after.decode() == "\ufeffa: &x 1\r\n---\r\n# c\r\na: None\r\n---\r\na: 'y'"


def test_json_objects_behind_one_another_are_fixed() -> None:
    text = '{"a": 1} {"a": "none"}\n'
    assert fixed(text, Fix.write(root(text, 1)["a"], "None")) == b'{"a": 1} {"a": "None"}\n'


def test_of_two_fixes_at_one_place_the_first_is_made() -> None:
    text = "a: 1\nb: 2\n"
    of = root(text)
    fixes = Fix.write(of["a"], 2), Fix.write(of["a"], 3), Fix.remove(of["b"])
    assert fixed(text, *fixes) == b"a: 2\n"


def test_both_halves_of_a_fix_are_made_or_neither() -> None:
    text = "a: 1\nb: |\n  c\n"
    of = root(text)
    assert fixed(text, Fix.write(of["a"], 2) + Fix.remove(of["b"])) == b"a: 2\n"
    assert why(Fix.write(of["a"], 2) + Fix.write(of["b"], "d"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_the_encoding_stays(encoding: str) -> None:
    data = "\ufeffa: none # \xe9\r\n".encode(encoding)
    after = "\ufeffa: None # \xe9\r\n".encode(encoding)
    assert fixed(data, Fix.write(root(data)["a"], "None")) == after


def test_a_file_that_is_not_utf_8_is_left_alone() -> None:
    broken = root(b"a: none\nb: \xff\n")
    assert why(Fix.write(broken["a"], "None")) == "a character of the document cannot be read"
    beside = b"a: none\n---\nb: \xff\n"
    assert fixed(beside, Fix.write(root(beside)["a"], "None")) == beside
