"""Files are cut into documents where kubectl cuts them."""

from __future__ import annotations

import pytest

from hslint.yaml.load import load
from hslint.yaml.split import split
from tests.yaml.kubectl import exact, hslint_reads, kubectl_reads


def cut(data: bytes) -> list[tuple[int, str, str]]:
    return [
        (chunk.line, chunk.text.decode(), chunk.fault.kind if chunk.fault else "")
        for chunk in split(data)
    ]


@pytest.mark.parametrize(
    ("data", "chunks"),
    [
        (b"", []),
        (b"\n# nothing\n---\n--- # nothing\n\n", []),
        (b"a: 1", [(0, "a: 1\n", "")]),
        (b"a: 1\n---\nb: 2\n", [(0, "a: 1\n", ""), (2, "b: 2\n", "")]),
        (b"a: 1\n---   \n--- # c\nb: 2\n", [(0, "a: 1\n", ""), (2, "--- # c\nb: 2\n", "")]),
        (b"---\na: 1\n---#c\nb: 2\n", [(0, "---\na: 1\n", ""), (3, "b: 2\n", "")]),
        (b"a: |\n  ---\n  x\n", [(0, "a: |\n  ---\n  x\n", "")]),
        (b"a: 1\n--- {b: 2}\n", [(0, "a: 1\n", ""), (1, "--- {b: 2}\n", "separator")]),
        (
            b"a: 1\n----\nb: 2\n---\nc: 3\n",
            [(0, "a: 1\n", ""), (1, "----\nb: 2\n", "separator"), (4, "c: 3\n", "")],
        ),
        (b"a: 1\n...\n\n# c\n", [(0, "a: 1\n...\n\n# c\n", "")]),
        (
            b"a: 1\n...\n\nb: 2\n---\nc: 3\n",
            [(0, "a: 1\n...\n", ""), (3, "b: 2\n", "lost"), (5, "c: 3\n", "")],
        ),
        (b"a: |\n  x\n  ...\n  y\n", [(0, "a: |\n  x\n  ...\n  y\n", "")]),
        (b"a: 1\r\n---\r\nb: 2\r\n", [(0, "a: 1\n", ""), (2, "b: 2\n", "")]),
        (
            b"\xef\xbb\xbfa: 1\n---\n\xef\xbb\xbfb: 2\n",
            [(0, "a: 1\n", ""), (2, "\ufeffb: 2\n", "")],
        ),
        ("\ufeffa: é\n---\nb: 😀".encode("utf-16-le"), [(0, "a: é\n", ""), (2, "b: 😀\n", "")]),
        ("\ufeffa: é\n---\nb: 😀".encode("utf-16-be"), [(0, "a: é\n", ""), (2, "b: 😀\n", "")]),
        (b"a: \xff\xe2\x82\n", [(0, "a: \ufffd\ufffd\n", "")]),
        (b'{"a": 1} {"b": 2}\n', [(0, '{"a": 1}', ""), (0, '         {"b": 2}', "")]),
        (b'{"a": 1}\n---\nb: 2\n', [(0, '{"a": 1}', ""), (1, "---\nb: 2\n", "")]),
        (b'{"a": 1,}\n---\nb: 2\n', [(0, '{"a": 1,}\n', ""), (2, "b: 2\n", "")]),
        (
            b'{"a": 1}{"b": 2}\n---\nc: 3\n',
            [(0, '{"a": 1}', ""), (0, '        {"b": 2}', ""), (1, "---\nc: 3\n", "syntax")],
        ),
    ],
)
def test_chunks(data: bytes, chunks: list[tuple[int, str, str]]) -> None:
    assert cut(data) == chunks


def sample(body: str) -> str:
    return f"apiVersion: v1\nkind: Sample\nmetadata:\n  name: sample\n{body}\n"


WHOLE = [
    sample("v: 1") + "---\n" + sample("v: 2"),
    "---\n---\n" + sample("v: 1") + "---\n---\n",
    sample("v: 1") + "--- # c\n" + sample("v: 2") + "---   \nnull\n---\n# c\n",
    sample("v: 1") + "--- {a: 1}\n",
    sample("v: 1") + "----\n" + sample("v: 2"),
    sample("v: 1") + "--- |\n  x\n",
    sample("v: 1") + "...\n" + sample("v: 2") + "---\n" + sample("v: 3"),
    sample("v: 1") + "...\n# c\n...\n",
    "...\n" + sample("v: 1"),
    sample("v: |\n  ---\n  x"),
    sample("v: 1").replace("\n", "\r\n").replace("name: sample\r\n", "name: sample\n"),
    "\ufeff" + sample("v: 1") + "---\n\ufeff" + sample("v: 2"),
    sample("v: |\n  x")[:-1],
    "%YAML 1.1\n---\n" + sample("v: 1"),
    "\t\n" + sample("v: 1"),
    "# \x01\n---\n" + sample("v: 1"),
]


def test_kubectl_cuts_there() -> None:
    files = [text.encode() for text in WHOLE]
    files.append(sample("v: \udcff\udce2\udc82").encode(errors="surrogateescape"))
    files.append(b"\xef\xbb\xbf" + files[-1])
    for data, theirs in zip(files, kubectl_reads(files), strict=True):
        ours = hslint_reads(data)
        assert exact(theirs) == exact(ours), data


JSON = '{"apiVersion":"v1","kind":"Sample","metadata":{\n"name": "sample"},"v":%s}'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.0", 1),
        ("1E3", 1000),
        ("-0", 0),
        ("12345678901234567890", 12345678901234567890.0),
        ('"\\/\\u00e9\\ud83d\\ude00\x7f"', "/é😀\x7f"),
        ('"\\ud800x"', "\ufffdx"),
        ('{"a":1,"a":2}', {"a": 2}),
        ('{"a"\n:1}', {"a": 1}),
        ('{"%s":1}' % ("k" * 2000), {"k" * 2000: 1}),
        ("[1,]", [1]),
        ("NaN", "NaN"),
    ],
)
def test_json(text: str, value: object) -> None:
    [chunk] = split((JSON % text).encode())
    assert exact(load(chunk.text)[0]["v"]) == exact(value)
