"""A fault names the line a person would mend, says what is wrong, and what to write instead."""

from __future__ import annotations

import pytest

from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load

FAULTS = [
    # text, line and column from 1, part of the message, part of the hint
    ('a: "b\nc: d\n', 1, 4, "never closed", "close it"),
    ('a: "b\nc: "d"\n', 1, 4, "closes only 1 line below", "close it"),
    ("a: 'it's'\n", 1, 4, "but `s'` follows it", "''"),
    ('a: "b" c\n', 1, 4, "but `c` follows it", "quote the whole value"),
    ("a: [1, 2\nb: 3\n", 1, 4, "`[` that opens here is not closed", "`]`"),
    ("a: [1,\n  2\nb: c\n", 1, 4, "`[` that opens here is not closed", "`]`"),
    ("a: {b: 1\nc: 2\n", 1, 4, "`{` that opens here is not closed", "`}`"),
    ('a: ["x" y]\n', 1, 9, "`,` is missing", "commas"),
    ("a: ]\n", 1, 4, "closes nothing", ""),
    ("a: b: c\n", 1, 4, "`: ` in a value", '"b: c"'),
    ('a: echo "b: c": d\n', 1, 4, "`: ` in a value", "'echo"),
    ("a: 1\n  b: 2\n", 2, 3, "`b` stands below `a`, which has a value", "indent `b` by 0"),
    ("- a: 1\n    b: 2\n", 2, 5, "`b` stands below `a`", "indent `b` by 2"),
    ("metadata\n  name: x\n", 1, 9, "a `:` is missing", "`metadata:`"),
    ("apiVersion:v1\nkind: X\n", 1, 12, "a space is missing", "`apiVersion: v1`"),
    ("kind: X\napiVersion:v1\nb: c\n", 2, 12, "a space is missing", "`apiVersion: v1`"),
    ("kind = X\nb: c\n", 1, 1, "`kind` is set with `=`", "`kind: X`"),
    ("a:\n-b\nc: d\n", 2, 1, "a space is missing after the `-`", "`- b`"),
    ("a: b\nc\nd: e\n", 2, 1, "`c` is neither a key", "`:`"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "`c: 2` lines up with nothing", "0 or 2"),
    ("a:\n-   b: 1\n  c: 2\n", 2, 5, "the same list item", "one blank after the dash"),
    ("a:\n- b: 1\n c: 2\n", 3, 2, "the same list item", "column 3"),
    ("a: 1\n- b\n", 2, 1, "a list item stands where a key is expected", "indent it"),
    ("- a\nb: c\n", 2, 1, "without a `-`", "indent it"),
    ("a: - b\n", 1, 4, "a list cannot begin in the line of `a:`", "next line"),
    ('a: "b"\n  - c\n', 2, 3, "which has a value already", "remove"),
    ("a:\n\tb: 1\n", 2, 1, "a tab indents this line", "spaces"),
    ("a: |\n\tb\n", 2, 1, "a tab indents this line", "spaces"),
    ("a: @b\n", 1, 4, "cannot begin with `@`", '"@b"'),
    ("a: `b`\n", 1, 4, "cannot begin with a backtick", '"`b`"'),
    ("a: %b\n", 1, 4, "cannot begin with `%`", '"%b"'),
    ("a: *.b.c\n", 1, 4, "cannot begin with `*`", '"*.b.c"'),
    ("a: *b\n", 1, 4, "no anchor `&b`", "quote"),
    ("a: & b\n", 1, 4, "cannot begin with `&`", '"& b"'),
    ("a: !b{c}\n", 1, 4, "cannot begin with `!`", '"!b{c}"'),
    ('a: "\\d"\n', 1, 6, "`\\d` means nothing", "single quotes"),
    ("a: {{ .b }}\n", 1, 4, "template", "render"),
    ("{{- if .b }}\na: 1\n", 1, 1, "template", "render"),
    ("a: 1\n{% if b %}\nc: 2\n", 2, 1, "template", "render"),
    ("a: >-b\n  c\n", 1, 6, "`b` stands in the line that opens", "next line"),
    ("%YAML 1.1\n", 1, 1, "does not read directives like `%YAML`", "remove"),
    ("a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n", 2, 1, "merge conflict", "sides"),
    ("kind: A\nb: [c\nkind: D\n", 2, 4, "not closed", "`]`"),
    ("kind: A\nb:\n  - c\n d\nkind: E\n", 4, 2, "lines up with nothing", "0 or 2"),
    ("  a: 1\nb: 2\n", 2, 1, "silently drops everything", "same column"),
    ("a: .inf\n", 1, 4, ".inf has no place in JSON", "quote"),
    ("~: a\n", 1, 1, "null cannot be a key", "quote"),
    ("? [a]\n: b\n", 1, 3, "cannot be a key", "quote"),
    ("a: {<<: [1]}\n", 1, 10, "can be merged", ""),
    ("a: !!int b\n", 1, 10, "`!!int` promises", ""),
    ("a: \x01\n", 1, 4, "U+0001 cannot stand in YAML", "remove"),
    ("a: é\x01\n", 1, 5, "U+0001 cannot stand in YAML", "remove"),
    ("a\0: \0\n", 1, 2, "UTF-16", "UTF-8"),
]


@pytest.mark.parametrize(("text", "line", "column", "message", "hint"), FAULTS)
def test_fault(text: str, line: int, column: int, message: str, hint: str) -> None:
    with pytest.raises(YamlFault) as caught:
        load(text.encode())
    fault = caught.value
    assert (fault.line + 1, fault.column + 1) == (line, column), fault.message
    assert message in fault.message
    assert hint in fault.hint


def test_bytes_that_are_no_utf_8() -> None:
    with pytest.raises(YamlFault) as caught:
        load(b"a: \xc3\xa9\xff\n")
    assert (caught.value.line, caught.value.column) == (0, 4)
    assert "0xff is not UTF-8" in caught.value.message
