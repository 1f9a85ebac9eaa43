"""Comments are told from text that looks like one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hslint.yaml.comments import comments
from hslint.yaml.split import split

#: Values that are written with a comment behind them, and that hold what looks like one.
VALUES = [
    "x",
    "x#y",
    '"x # y"',
    "'# x'",
    "'it''s # x'",
    "[a, '# b']",
    "{a: '# b'}",
    "&a x",
    "*a",
    "",
]
BLOCKS = ["|", ">-", "|2", "|+"]
#: More lines of a block scalar, or of a scalar in quotes.
LINES = ["# no comment", "text # no comment", "", "  # nor this"]
COMMENT = st.sampled_from(["# one", "#two", "# three # four", "#"])


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    """A mapping with comments, and where each of them is."""
    lines = ["z: &a x"]
    found = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["value", "block", "quoted", "alone"]))
        comment = draw(COMMENT)
        if kind == "alone":
            indent = draw(st.integers(0, 1))  # more would be text of a block before it
            found.append((len(lines), indent, comment))
            lines.append(" " * indent + comment)
            continue
        start = f"k{number}: "
        if kind == "quoted":
            more = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=3))
            lines.append(f'{start}"x')
            lines += [f"    {line}" for line in more]
            start = '    y"'
        elif kind == "block":
            start += draw(st.sampled_from(BLOCKS))
        else:
            start += draw(st.sampled_from(VALUES))
        found.append((len(lines), len(start) + 1, comment))
        lines.append(f"{start} {comment}")
        if kind == "block":
            more = draw(st.lists(st.sampled_from(LINES), max_size=3))
            lines += [f"  {line}" for line in ("text", *more)]
    return "\n".join(lines) + "\n", found


@given(documents(), st.sampled_from(["\n", "\r\n"]))
def test_every_comment_and_nothing_else(
    document: tuple[str, list[tuple[int, int, str]]], end: str
) -> None:
    text, expected = document
    (chunk,) = split(text.replace("\n", end).encode())

    assert list(comments(chunk.text)) == expected


def test_json_has_none() -> None:
    (chunk,) = split(b'{"a": "# x"}')
    assert list(comments(chunk.text)) == []


def test_in_what_cannot_be_read_everything_that_looks_like_one() -> None:
    assert list(comments(b"a: b: c # one\nd#e\n")) == [(0, 8, "# one")]
