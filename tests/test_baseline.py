"""A baseline hides what is there already, and nothing that is new."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hslint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Hslint = Callable[..., tuple[int, str, str]]

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: NAME
spec:
  clusterIP: none
  selector: {app: NAME}
  ports: [{port: 80}]
"""


def service(name: str = "db") -> str:
    """A Service with one finding: `none` is no IP address."""
    return SERVICE.replace("NAME", name)


@pytest.fixture
def hslint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Hslint:
    """Run hslint in a folder with one file, ``a.yaml``."""
    (tmp_path / "a.yaml").write_text(service())
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["--no-cache", "--format", "concise", *arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_it_hides_what_it_remembers(hslint: Hslint) -> None:
    status, out, err = hslint("--write-baseline", "known.json", ".")
    assert (status, out) == (0, "")
    assert err.startswith("1 file, 1 object: no problems found.\n")
    assert err.endswith("\n1 finding remembered in known.json.\n")

    status, out, err = hslint("--baseline", "known.json", ".")
    assert (status, out) == (0, "")
    assert err.endswith("\nHidden by known.json: 1 finding.\n")


def test_it_is_sorted_and_has_a_finding_on_each_line(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"{service('web')}---\n{service()}---\n{service()}")
    hslint("--write-baseline", "known.json", ".")

    assert (
        (tmp_path / "known.json")
        .read_text()
        .startswith("""\
{
  "hslint-baseline": 1,
  "findings": [
    {"file": "a.yaml", "apiVersion": "v1", "kind": "Service", "name": "db",""")
    )
    lines = (tmp_path / "known.json").read_text().splitlines()[3:-2]
    assert lines == sorted(lines)
    assert [
        (entry["name"], entry["path"], entry["count"])
        for entry in (json.loads(line.rstrip(",")) for line in lines)
        if entry["rule"] == "cluster-ip-invalid"
    ] == [("db", "spec.clusterIP", 2), ("web", "spec.clusterIP", 1)]


@pytest.mark.parametrize("path", [".", "a.yaml", "./a.yaml", "absolute"])
def test_the_way_to_a_file_does_not_matter(hslint: Hslint, tmp_path: Path, path: str) -> None:
    hslint("--write-baseline", "known.json", ".")

    given = str(tmp_path) if path == "absolute" else path
    assert hslint("--baseline", "known.json", given)[0] == 0


def test_lines_do_not_matter(hslint: Hslint, tmp_path: Path) -> None:
    hslint("--write-baseline", "known.json", ".")
    (tmp_path / "a.yaml").write_text(f"# a\n\n{service()}")

    assert hslint("--baseline", "known.json", ".")[0] == 0


def test_what_is_new_fails(hslint: Hslint, tmp_path: Path) -> None:
    hslint("--write-baseline", "known.json", ".")

    for text in (
        service("other"),  # another object
        f"{service()}---\n{service()}",  # the same once more
        service().replace("port: 80", "port: 80, targetPort: A"),  # another field
    ):
        (tmp_path / "a.yaml").write_text(text)
        status, out, _ = hslint("--baseline", "known.json", ".")
        assert status == 1
        assert out.startswith("a.yaml:")
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")  # another file
    assert hslint("--baseline", "known.json", ".")[0] == 1


def test_what_is_gone_is_said_and_does_not_fail(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(service("b"))
    hslint("--write-baseline", "known.json", ".")
    (tmp_path / "a.yaml").write_text(service().replace("none", "None"))

    gone = "1 finding of the baseline is gone; write it anew with `--write-baseline known.json`.\n"
    status, _, err = hslint("--baseline", "known.json", ".")
    assert status == 0
    assert err.endswith(gone)
    (tmp_path / "a.yaml").unlink()
    assert hslint("--baseline", "known.json", ".")[2].endswith(gone)


@pytest.mark.parametrize(
    "less", [["b.yaml"], ["--ignore", "headless", "."], ["--level", "error", "sub"]]
)
def test_a_run_that_looks_at_less_says_nothing_is_gone(
    hslint: Hslint, tmp_path: Path, less: list[str]
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/c.yaml").write_text(service("c"))
    (tmp_path / "b.yaml").write_text(service("b"))
    hslint("--write-baseline", "known.json", "--level", "info", ".")

    assert "gone" not in hslint("--baseline", "known.json", *less)[2]


def test_a_new_one_needs_no_old_one_that_is_whole(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text('{\n  "hslint-baseline": 1,\n<<<<<<<\n')

    assert hslint("--baseline", "known.json", "--write-baseline", "known.json", ".")[0] == 0
    assert hslint("--baseline", "known.json", ".")[0] == 0


def test_nothing_is_remembered_of_a_run_without_objects(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\n")

    assert hslint("--write-baseline", "known.json", ".")[0] == 2
    assert not (tmp_path / "known.json").exists()


def test_a_file_that_cannot_be_read_can_be_known(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("kind: a: b\n")
    assert hslint("--write-baseline", "known.json", "a.yaml")[0] == 0

    assert hslint("--baseline", "known.json", "a.yaml")[0] == 0


ENTRY = {"rule": "r", "file": "a", "severity": "error", "count": 1}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "known.json: the baseline is damaged: "),
        ('{"hslint-baseline": 1, "findings": [\n<<<<<<< HEAD\n', "the baseline is damaged: "),
        ("[" * 100_000, "the baseline is damaged: "),
        ("{}", "this is no baseline: `--write-baseline known.json` makes one"),
        ("[1]", "this is no baseline"),
        ('{"version": 1, "findings": []}', "this is no baseline"),
        ('{"hslint-baseline": 2}', "a baseline of version 2, and this hslint reads 1"),
        ('{"hslint-baseline": 1}', "damaged: None is no finding"),
        *(
            (json.dumps({"hslint-baseline": 1, "findings": [entry]}), "is no finding")
            for entry in (
                1,
                {},
                {**ENTRY, "count": 0},
                {**ENTRY, "count": "1"},
                {**ENTRY, "severity": "bad"},
                {**ENTRY, "severity": ["error"]},
                {**ENTRY, "name": 1},
                {**ENTRY, "more": 1},
            )
        ),
    ],
)
def test_what_is_no_baseline_is_2_and_says_why(
    hslint: Hslint, tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "known.json").write_text(text)
    status, out, err = hslint("--baseline", "known.json", ".")

    assert (status, out) == (2, "")
    assert err.startswith("error: known.json: ")
    assert why in err


def test_a_baseline_that_is_not_there_is_2(hslint: Hslint) -> None:
    assert hslint("--baseline", "gone.json", ".") == (
        2,
        "",
        "error: gone.json: no such file or directory\n",
    )
    assert hslint("--write-baseline", "no/folder.json", ".")[0] == 2


def test_a_new_one_takes_the_place_of_no_other_file(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(service("b"))
    status, out, err = hslint("--write-baseline", "a.yaml", "b.yaml")

    assert (status, out) == (2, "")
    assert err.startswith("error: a.yaml: this is no baseline, so it is not overwritten; ")
    assert (tmp_path / "a.yaml").read_text() == service()


def test_a_new_one_may_have_an_empty_file(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text("")

    assert hslint("--write-baseline", "known.json", ".")[0] == 0


def test_two_branches_can_be_put_together(hslint: Hslint, tmp_path: Path) -> None:
    """Both sides of a merge, one after the other, are a baseline again."""
    (tmp_path / "b.yaml").write_text(service("b"))
    hslint("--write-baseline", "known.json", ".")
    report = json.loads((tmp_path / "known.json").read_text())
    report["findings"] *= 2
    (tmp_path / "known.json").write_text(json.dumps(report))

    assert hslint("--baseline", "known.json", ".")[0] == 0
    (tmp_path / "a.yaml").write_text(f"{service()}---\n{service()}")
    assert hslint("--baseline", "known.json", ".")[0] == 1


def test_comments_are_written_for_what_it_does_not_know(hslint: Hslint, tmp_path: Path) -> None:
    hslint("--write-baseline", "known.json", ".")
    (tmp_path / "b.yaml").write_text(service("b"))

    assert hslint("--baseline", "known.json", "--add-ignores", "why", ".")[0] == 0
    assert (tmp_path / "a.yaml").read_text() == service()
    assert "none  # hslint: ignore[cluster-ip-invalid] why\n" in (tmp_path / "b.yaml").read_text()


def test_standard_input_has_one_too(
    hslint: Hslint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for option, status in (("--write-baseline", 0), ("--baseline", 0)):
        with (tmp_path / "a.yaml").open() as file:
            monkeypatch.setattr("sys.stdin", file)
            assert hslint(option, "known.json", "-")[0] == status
