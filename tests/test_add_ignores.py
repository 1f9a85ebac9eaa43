"""Comments that ignore findings are written where they can stand, and change nothing else."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hslint import WARNING, Manifest, Problem, add_ignores, registry, rule
from hslint.cli import main
from hslint.document import documents
from hslint.engine import lint
from hslint.registry import Rules
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hslint.result import Result


@rule(WARNING)
def finds_each_entry(manifest: Manifest) -> Iterator[Problem]:
    for key in manifest["data"].mapping:
        yield Problem(manifest["data"][key], "found")


@rule(WARNING)
def finds_a(manifest: Manifest) -> Iterator[Problem]:
    if "a" in manifest["data"].mapping:
        yield Problem(manifest["data"]["a"].key, "found")


finds_each_entry.name, finds_a.name = "each-entry", "a-is-there"
ALL = registry.load()
RULES = Rules([finds_each_entry, finds_a, *ALL.select(["ignore", "syntax-error"])])


def check(file: Path) -> Result:
    """Lint a file."""
    source = Source(str(file), path=str(file), named=True)
    return lint([source], RULES, known=[*ALL.by_name, "each-entry", "a-is-there"])


def ignored(text: str | bytes, *, left: int = 0) -> bytes:
    """What becomes of a file; so many findings are left, and a second run has no others."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.yaml")
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        found = check(file).findings
        number, missed = add_ignores.add(found, "why", ALL.select(["ignore"]).by_name)
        assert (number, len(missed)) == (len(found) - left, left)
        again = check(file)
        assert len(again.findings) == left
        assert [f.rule for f in again.findings] == [f.rule for f, _ in missed]
        return file.read_bytes()


HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
ONE = "# hslint: ignore[each-entry] why"
TWO = "# hslint: ignore[a-is-there, each-entry] why"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("  b: x\n", f"  b: x  {ONE}\n", id="beside"),
        pytest.param("  b: x", f"  b: x  {ONE}", id="no line break"),
        pytest.param("  b: x  \n", f"  b: x  {ONE}\n", id="blanks"),
        pytest.param("  b: x\r\n  c: x\n", f"  b: x  {ONE}\r\n  c: x  {ONE}\n", id="line breaks"),
        pytest.param("  b: x # y\n", f"  b: x # y  {ONE}\n", id="behind a comment"),
        pytest.param("  b: 'x # y'\n", f"  b: 'x # y'  {ONE}\n", id="quotes"),
        pytest.param("  a: x\n", f"  a: x  {TWO}\n", id="two rules"),
        pytest.param("  {b: x, c: x}\n", f"  {{b: x, c: x}}  {ONE}\n", id="two findings, one name"),
        pytest.param(
            "  {b: x,\n   c: x}\n", f"  {{b: x,  {ONE}\n   c: x}}  {ONE}\n", id="in brackets"
        ),
        pytest.param("  b: |\n    x\n", f"  b: |  {ONE}\n    x\n", id="block"),
        pytest.param("  b: >-\n    x\n\n", f"  b: >-  {ONE}\n    x\n\n", id="folded"),
        pytest.param("  b: x\n    y\n", f"  {ONE}\n  b: x\n    y\n", id="several lines"),
        pytest.param("  b: 'x\n    y'\r\n", f"  {ONE}\n  b: 'x\n    y'\r\n", id="quoted lines"),
        pytest.param(
            "  b: 'x\r\n    y'\r\n", f"  {ONE}\r\n  b: 'x\r\n    y'\r\n", id="above, line breaks"
        ),
        pytest.param(
            "  c: |\n    x\n  b: x\n    y\n",
            f"  c: |  {ONE}\n    x\n  {ONE}\n  b: x\n    y\n",
            id="above, below a block",
        ),
        pytest.param("  b: é😀\n", f"  b: é😀  {ONE}\n", id="characters"),
        pytest.param(
            "  a: x  # hslint: ignore[a-is-there] my reason\n",
            "  a: x  # hslint: ignore[a-is-there, each-entry] my reason\n",
            id="more beside",
        ),
        pytest.param(
            "  # hslint: ignore[ each-entry ] my reason\n  a: x\n",
            "  # hslint: ignore[ each-entry , a-is-there] my reason\n  a: x\n",
            id="more above",
        ),
    ],
)
def test_a_comment_stands_at_the_finding(before: str, after: str) -> None:
    assert ignored(HEAD + before) == (HEAD + after).encode()
    assert ignored(f"\ufeff{HEAD}{before}") == f"\ufeff{HEAD}{after}".encode()
    assert ignored(f"# x\n---\n{HEAD}{before}") == f"# x\n---\n{HEAD}{after}".encode()


def test_nothing_is_written_twice() -> None:
    once = ignored(f"{HEAD}  a: x\n  b: x\n    y\n")

    assert ignored(once) == once


def test_a_comment_is_not_put_where_it_would_be_about_the_whole_document() -> None:
    text = f"data: {{a: 'x\n  y', b: x}}\n{HEAD.removesuffix('data:' + chr(10))}"

    assert ignored(text, left=2) == text.replace("b: x}", f"b: x}}  {ONE}").encode()


def test_what_cannot_be_read_can_be_ignored() -> None:
    text = "kind: a: b\n"

    assert ignored(text) == b"kind: a: b  # hslint: ignore[syntax-error] why\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            json.dumps(
                {
                    "apiVersion": "v1",
                    "kind": "ConfigMap",
                    "metadata": {"name": "a"},
                    "data": {"b": "x"},
                },
                indent=1,
            ).encode(),
            add_ignores.JSON,
        ),
        (f"{HEAD}  b: x\n".encode("utf-16"), add_ignores.ENCODING),
        (f"{HEAD}  b: é\n".encode("latin-1"), add_ignores.ENCODING),
        (f"{HEAD}  # hslint: ignore[nothing]\n  'b': x\n".encode(), add_ignores.SUPPRESSION),
    ],
)
def test_where_no_comment_can_stand_it_says_so_and_leaves_it(
    tmp_path: Path, data: bytes, why: str
) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(data)
    found = check(file).findings
    _, left = add_ignores.add(found, "why", ["unused-ignore", "unknown-ignore"])

    assert left
    assert {reason for _, reason in left} == {why}
    if why is not add_ignores.SUPPRESSION:
        assert file.read_bytes() == data


#: Entries of a mapping, each with its own way of being written; K is the key.
ENTRIES = st.sampled_from(
    [
        "  K: x",
        "  K: x  # words",
        "  K: 'x # y'",
        "  K: x\n    y\n    z",
        '  K: "x\n\n    y" # words',
        "  K: |\n    # no comment\n      x\n\n",
        "  K: >2-\n     x\n    y",
        "  K: &K x",
        "  K: !!str 1",
        "  ? K\n  : x",
        "  # words\n  K:\n    x",
        "  K: {x: [a,\n    b], c: 1}",
        "  K: x  # hslint: ignore[each-entry]",
        "  # hslint: ignore[each-entry]\n  K: x",
        "\n  K: 'a\u2028  b'",
    ]
)


@given(
    entries=st.lists(ENTRIES, min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n", ""]),
    start=st.sampled_from(["", "\ufeff", "---\n", "# words\n"]),
)
def test_only_comments_are_added_and_a_second_run_finds_nothing(
    entries: list[str], end: str, start: str
) -> None:
    keys = "abcdef"
    body = "\n".join(each.replace("K", key) for each, key in zip(entries, keys, strict=False))
    text = (start + HEAD + body).replace("\n", end or "\n") + end
    changed = ignored(text).decode()

    old, new = text.split("\n"), iter(changed.split("\n"))
    for line in old:  # each is there, with no more than a comment added
        following = next(new)
        while following.lstrip().startswith("# hslint: ignore[") and not line.lstrip().startswith(
            "#"
        ):
            following = next(new)
        if "hslint: ignore[" in line:
            assert following.startswith(line.partition("]")[0])
        else:
            bare = line.removesuffix("\r")
            assert following.startswith(bare)
            assert following[len(bare) :].strip()[:17] in ("", "# hslint: ignore[")
        assert following.endswith("\r") == line.endswith("\r")
    assert list(new) == []
    before, after = (
        [document.value for document in documents(Source("a.yaml", each.encode()))]
        for each in (text, changed)
    )
    assert after == before


# -- the command


WRONG = """\
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: none
  selector: {app: db}
  ports: [{port: 80}]
"""


@pytest.fixture
def hslint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run hslint in a folder with one finding in ``a.yaml``."""
    (tmp_path / "a.yaml").write_text(WRONG)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["--format", "concise", *arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_run_ends_as_the_next_one_will(
    hslint: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    assert hslint(".")[0] == 1
    status, out, err = hslint("--add-ignores", "see #12", ".")

    assert (status, out) == (0, "")
    assert err.endswith("Ignored: 1 of 1.\n")
    assert (
        "  clusterIP: none  # hslint: ignore[cluster-ip-invalid] see #12\n"
        in (tmp_path / "a.yaml").read_text()
    )
    assert hslint(".")[0] == 0


def test_what_is_left_is_said_and_fails(
    hslint: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "a.json").write_text(
        '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db"},\n'
        ' "spec": {"clusterIP": "none", "ports": [{"port": 80}], "selector": {"app": "x"}}}'
    )
    status, out, err = hslint("--add-ignores", "why", "--select", "cluster-ip-invalid", ".")

    assert status == 1
    assert out.startswith("a.json:2:")
    assert "\nIgnored: 0 of 1.\n  a.json:2:24: cluster-ip-invalid: JSON has no comments; " in err


def test_a_file_that_cannot_be_written_is_2(
    hslint: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And the others are left alone."""
    before = (tmp_path / "a.yaml").read_text()
    (tmp_path / "b.yaml").write_text(before)
    monkeypatch.setattr("os.access", lambda file, _: file != "b.yaml")  # root may write everywhere
    assert hslint("--no-cache", "--add-ignores", "why", ".") == (
        2,
        "",
        "error: b.yaml: it is not writable; nothing was written\n",
    )
    assert (tmp_path / "a.yaml").read_text() == before


def test_a_text_that_breaks_off_has_no_line_for_a_comment(
    hslint: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "b.yaml").write_text("apiVersion: v1\nkind: Service\nmetadata: [")
    status, _, err = hslint("--add-ignores", "why", ".")

    assert status == 1
    assert "\nIgnored: 1 of 2.\n  b.yaml:4:1: syntax-error: no comment can stand here; " in err


@pytest.mark.parametrize("reason", ["", " ", "a\nb"])
def test_a_reason_is_a_line(hslint: Callable[..., tuple[int, str, str]], reason: str) -> None:
    status, _, err = hslint("--add-ignores", reason, ".")

    assert status == 2
    assert "the reason is a line of text" in err


def test_standard_input_cannot_be_written(hslint: Callable[..., tuple[int, str, str]]) -> None:
    assert hslint("--add-ignores", "why", "-")[0] == 2
