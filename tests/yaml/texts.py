"""YAML texts of every shape, for property tests."""

from __future__ import annotations

import json

from hypothesis import strategies as st

PLAIN = [
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "Y",
    "n",
    "N",
    "true",
    "tRUE",
    "True",
    "~",
    "null",
    "Null",
    "none",
    "None",
    "0777",
    "0o777",
    "0O17",
    "08",
    "010",
    "-0777",
    "0b101",
    "0x1F",
    "0X1F",
    "1_000",
    "0x_FF",
    "12_",
    "+12",
    "1:30",
    "190:20:30",
    "22:22",
    "8080:80",
    "1e3",
    "1E3",
    "12e3",
    "1.5e3",
    "1.0",
    "1.10",
    "5.",
    ".5",
    "-.5",
    "1e400",
    "NaN",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "123456789012345678901234567890",
    "2001-12-14",
    "2001-12-14T21:59:43Z",
    "2024-13-45",
    "1.2.3",
    "v1.10",
    "50%",
    "100m",
    "1Gi",
    "<<",
    "=",
    "a.b/c",
    "x#y",
    "a:b",
    "http://x:80/?q=1",
    "001:db8::",
    "1.2.3.4",
    "--x",
    "-x",
    "é",
    "😀",
    "a*b",
    "a&b",
    "[]",
    "{}",
    "0b-101",
    "-0b101",
    "0.0",
    "-0",
    "+0",
    "0x",
    "0b2",
    ".5_5",
    "._5",
    "1__0",
    "-9223372036854775808",
    "-9223372036854775809",
    "1e18",
    "1.2345678901234567e18",
]
TAGS = ["", "", "", "", "!!str ", "! ", "!foo ", "&anchor "]

words = st.sampled_from(PLAIN)
keys = st.sampled_from(
    ["a", "b", "c", "key", "yes", "1", "0x10", "1.5", "1e6", '"q"', "'s t'", "é"]
)
lines = st.lists(
    st.sampled_from(["x", "# x", "- x", "a: b", "", "  deep", "x  ", "'", '"', "{{ x }}", "\t"]),
    min_size=1,
    max_size=4,
)


def _quoted(text: str, quote: str) -> str:
    if quote == '"':
        return json.dumps(text, ensure_ascii=False).replace("\\/", "/")
    return "'" + text.replace("'", "''") + "'"


quoted = st.builds(
    _quoted,
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co"]), max_size=8).filter(
        lambda text: not set(text) & set("\ufeff\u2028\u2029\ufffe\uffff")
    ),
    st.sampled_from("\"'"),
)
in_brackets = st.recursive(
    st.one_of(words.filter(lambda word: not set(word) & set("?[]{}")), quoted),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(keys, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=6,
)


@st.composite
def block(draw: st.DrawFn, indent: int, depth: int) -> str:
    """What stands behind a key or a dash, with the line break that ends it."""
    kind = draw(
        st.sampled_from(["word", "word", "quoted", "brackets", "text", "list", "map", "alias"])
    )
    blanks = " " * indent
    if kind == "text":
        header = draw(st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "| # c"]))
        body = draw(lines)
        first = next((line for line in body if line.strip()), "")
        if first[:1] in (" ", "\t"):
            body.insert(0, "x")
        return f" {header}\n" + "".join(f"{blanks}  {line}\n" if line else "\n" for line in body)
    if kind == "alias":
        return " *anchor\n"
    if kind in ("list", "map") and depth:
        step = draw(st.integers(1, 3))
        inner = indent + step
        count = draw(st.integers(1, 3))
        text = "\n"
        for _ in range(count):
            head = "-" if kind == "list" else draw(keys) + ":"
            if kind == "map" and draw(st.integers(0, 9)) == 0:
                head = "<<:"
            text += " " * inner + head + draw(block(inner, depth - 1))
        return draw(st.sampled_from(["", "", " # c", " &anchor"])) + text
    tag = draw(st.sampled_from(TAGS))
    source = {"quoted": quoted, "brackets": in_brackets}.get(kind, words)
    return f" {tag}{draw(source)}" + draw(st.sampled_from(["", "", " # c", "  "])) + "\n"


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """The entries of a mapping, most of them YAML; the first has the anchor the others may name."""
    text = (
        "first: &anchor" + draw(st.sampled_from([" {a: 1, b: 2}", " x", " [x]", "\n  a: 1"])) + "\n"
    )
    for number in range(draw(st.integers(1, 4))):
        text += f"k{number}:" + draw(block(0, 3))
    return text.encode()


TOKENS = [
    "a",
    "b",
    "key",
    "1",
    "yes",
    "~",
    '"q"',
    "'s'",
    '"a\\nb"',
    '"\\/"',
    '"\\\'"',
    '"\\x41"',
    '"\\ud800"',
    "|",
    ">",
    "|-",
    ">+",
    "|2",
    "-",
    ":",
    "?",
    ",",
    "[",
    "]",
    "{",
    "}",
    "&x",
    "&y",
    "*x",
    "!!str",
    "!!int",
    "!foo",
    "!",
    "!!",
    "!<x>",
    "<<",
    "#",
    "@",
    "`",
    "%",
    "\\",
    '"',
    "'",
    "=",
    ".5",
    ".inf",
    "1e3",
    "http://x:80",
    "::",
    "a:b",
    "é",
    "😀",
    "{{",
    "}}",
    "---",
    "...",
]
BLANKS = [
    " ",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\t",
    "",
    "",
    ": ",
    "- ",
    "\u00a0",
    "\x85",
    "\r",
]

#: Anything at all; most of it is no YAML.
soup = st.lists(
    st.one_of(st.sampled_from(TOKENS), st.sampled_from(BLANKS)), min_size=1, max_size=14
).map(lambda tokens: "".join(tokens).encode())

#: What manifests are made of: one line or more each, to stand in any column.
ENTRIES = [
    "kind: Service",
    "name: a # c",
    "port: 0x50",
    "ready: yes",
    "empty:",
    "none: ~",
    "app.kubernetes.io/name: x",
    "\"quoted\": 'it''s'",
    "'k': \"a\\tb\"",
    "a:b: c:d",
    "url: http://x:80/?q#f",
    "brackets: [a, 'b', {c: 1}] # c",
    "braces: {}",
    """items: ["a", 'b: c',d e , 1, "f]", yes]""",
    "one: ['']",
    'cut: ["a, b", c]',
    "none at all: []",
    "- a",
    "- -1",
    "- name: x",
    "- a: {b: [c]}",
    "- ",
    "-",
    "-   wide: 1",
    "- 'q: r'",
    "- |-\n    x",
    "script: |\n  a: b\n\n   - c\n  # d\n",
    "keep: |+\n  x\n\n",
    "sized: |2-\n   x\n  y",
    "folded: >\n\n  a\n  b\n\n  c\n   d\n  e\n",
    "strip: >-\n  a\n\n  b",
    "plain: one\n  two\n\n  - three\n",
    "single: 'one\n  two''s\n\n  # three '",
    'double: "one\n  \\"two\\"\n   three"',
    "below:\n  text\n  more",
    "é: 😀",
    "# comment",
    "",
    "   ",
    "text",
    "<<: {a: 1}",
    "a: &x 1",
    "b: *x",
    "t: !!str 1",
    "? q",
    "{{ .x }}",
    "--- ",
    "...",
    "n: \x85",
    "k: a\tb",
    "\tk: v",
    "s: a\u2028b",
]


@st.composite
def manifests(draw: st.DrawFn) -> bytes:
    """Entries in columns that fit more often than not; some characters come out wrong."""
    entries: list[str] = []
    column = 0
    for entry in draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=12)):
        blanks = " " * column
        entries += (blanks + line if line else line for line in entry.split("\n"))
        step = 2 if entry.endswith(":") or entry.startswith("- ") else 0
        column = max(0, column + draw(st.sampled_from([step, step, step, 0, -2, -4, 1])))
    text = draw(st.sampled_from(["", "", "---\n"])) + "\n".join(entries) + "\n"
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        at = draw(st.integers(0, len(text)))
        rest = text[at + draw(st.integers(0, 2)) :]
        text = text[:at] + draw(st.sampled_from([*TOKENS, *BLANKS, "\n\n"])) + rest
    return text.encode()
