"""One finding a line, for editors and grep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint import ERROR, INFO, Manifest, Problem
from hslint.report.concise import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Run

TEXT = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  b: x\n"


def check(manifest: Manifest) -> Iterator[Problem]:
    yield Problem(manifest["data"]["b"], "this is b,\nwhich is wrong", help="write c")
    yield Problem(manifest["metadata"], "this is a", severity=INFO)


def test_a_finding_is_a_line(run: Run) -> None:
    result = run({"b.yaml": TEXT, "a.yaml": TEXT}, ERROR, check)

    assert render(result) == (
        "a.yaml:6:6: error[test-rule] this is b,\\nwhich is wrong\n"
        "b.yaml:6:6: error[test-rule] this is b,\\nwhich is wrong\n"
    )


def test_the_level_decides_what_is_shown(run: Run) -> None:
    result = run({"a.yaml": TEXT}, ERROR, check, level=INFO)

    assert render(result) == (
        "a.yaml:3:1: info[test-rule] this is a\n"
        "a.yaml:6:6: error[test-rule] this is b,\\nwhich is wrong\n"
    )


def test_nothing_found_is_nothing_written(run: Run) -> None:
    assert render(run({"a.yaml": TEXT})) == ""
