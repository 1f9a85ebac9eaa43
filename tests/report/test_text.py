"""The report for people, character by character."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from hslint import ERROR, INFO, WARNING, Manifest, Problem, World, rule
from hslint.engine import lint
from hslint.registry import Rules
from hslint.report.paint import Paint
from hslint.report.text import render
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.document import Document

    from .conftest import Run

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: database
"""
WORKLOAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  replicas: 3
  serviceName: db
  template:
    metadata:
      labels:
        app: db
"""
CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  b: {}
"""


def mismatch(manifest: Manifest, world: World) -> Iterator[Problem]:
    if manifest.kind == "StatefulSet":
        service = world.all("Service")[0]
        yield Problem(
            manifest.spec["serviceName"],
            "Service `db` does not select the pods of StatefulSet `db`",
            related=(
                (service.spec["selector"]["app"].entry, "it selects app=database"),
                (
                    manifest.spec["template"]["metadata"]["labels"]["app"].entry,
                    "the pods carry app=db",
                ),
            ),
            help="select `app: db`",
        )


def value(manifest: Manifest) -> Iterator[Problem]:
    yield Problem(manifest["data"]["b"], "this is b")


def test_other_places_stand_below_with_their_own_file_and_line(run: Run) -> None:
    result = run({"db/service.yaml": SERVICE, "db/sts.yaml": WORKLOAD}, WARNING, mismatch)

    assert render(result) == dedent("""\
        warning[test-rule]: Service `db` does not select the pods of StatefulSet `db`
          --> db/sts.yaml:7:16
           |
         7 |   serviceName: db
           |                ^^
         8 |   template:
         9 |     metadata:
        10 |       labels:
        11 |         app: db
           |         ------- the pods carry app=db
          --> db/service.yaml:8:5
           |
         8 |     app: database
           |     ------------- it selects app=database
           = help: select `app: db`

        2 files, 2 objects: 1 warning. Explain a rule with `hslint rule NAME`.
        """)


def test_places_far_apart_have_frames_of_their_own(run: Run) -> None:
    one_file = f"{SERVICE}---\n{WORKLOAD}".replace("  template:\n", "  template:\n" + "\n" * 90)

    assert render(run({"db.yaml": one_file}, ERROR, mismatch)) == dedent("""\
        error[test-rule]: Service `db` does not select the pods of StatefulSet `db`
           --> db.yaml:16:16
            |
         16 |   serviceName: db
            |                ^^
           --> db.yaml:8:5
            |
          8 |     app: database
            |     ------------- it selects app=database
           --> db.yaml:110:9
            |
        110 |         app: db
            |         ------- the pods carry app=db
            = help: select `app: db`

        1 file, 2 objects: 1 error. Explain a rule with `hslint rule NAME`.
        """)


def test_two_places_in_one_line_are_underlined_one_below_the_other(run: Run) -> None:
    def check(manifest: Manifest) -> Iterator[Problem]:
        data = manifest["data"]
        yield Problem(data["a"], "these differ", related=((data["b"].entry, "this is one"),))

    text = CONFIG.replace("\n  b: {}", " {a: x, b: yy}")

    assert render(run({"a.yaml": text}, WARNING, check)) == dedent("""\
        warning[test-rule]: these differ
         --> a.yaml:5:11
          |
        5 | data: {a: x, b: yy}
          |           ^
          |              ----- this is one

        1 file, 1 object: 1 warning. Explain a rule with `hslint rule NAME`.
        """)


@pytest.mark.parametrize(
    ("written", "shown", "underline"),
    [
        ("plain", "plain", "^^^^^"),
        ('"名前"  # 名', '"名前"  # 名', "^^^^^^"),
        ("'cafe\u0301'", "'cafe\u0301'", "^^^^^^"),
        ('"a\tb"', '"a    b"', "^^^^^^^^"),
        ('"\u202eevil"', '"\\u202eevil"', "^" * 12),
        ("a\xa0b", "a\\xa0b", "^^^^^^"),
    ],
)
def test_underlines_are_as_wide_as_what_they_are_under(
    run: Run, written: str, shown: str, underline: str
) -> None:
    result = run({"a.yaml": CONFIG.format(written)}, WARNING, value)

    lines = render(result).splitlines()
    assert lines[3:5] == [f"6 |   b: {shown}", f"  |      {underline}"]


def test_an_escape_sequence_in_a_manifest_reaches_no_terminal(run: Run) -> None:
    def check(manifest: Manifest) -> Iterator[Problem]:
        yield Problem(manifest["data"]["b"], f"this is {manifest['data']['b'].string}")

    text = render(run({"a\nb.yaml": CONFIG.format('"\\e[2Jx\\ny"')}, WARNING, check))

    assert text.splitlines()[:2] == [
        r"warning[test-rule]: this is \x1b[2Jx\ny",
        r" --> a\nb.yaml:6:6",
    ]


def test_a_long_line_is_cut_around_what_is_underlined(run: Run) -> None:
    long = f"{{x: {'x' * 500}, b: wrong, y: {'y' * 500}}}"
    text = CONFIG.replace("\n  b: {}", f" {long}")

    lines = render(run({"a.json": text}, WARNING, value)).splitlines()
    assert lines[1] == " --> a.json:5:516"
    assert lines[3] == f"5 | ...{'x' * 35}, b: wrong, y: {'y' * 70}..."
    assert lines[4] == f"  |    {' ' * 40}^^^^^"


def test_a_value_of_several_lines_is_underlined_in_its_first(run: Run) -> None:
    result = run({"a.yaml": CONFIG.format('"one\n    two"')}, WARNING, value)

    lines = render(result).splitlines()
    assert lines[3:5] == ['6 |   b: "one', "  |      ^^^^"]


def test_a_file_that_cannot_be_read_has_no_frame() -> None:
    def check(document: Document) -> Iterator[Problem]:
        yield Problem(document.root, "no such file")

    made = rule(ERROR)(check)
    made.name = "test-rule"
    result = lint([Source("a.yaml", b"", error="permission denied")], Rules([made]))

    assert render(result) == dedent("""\
        error[test-rule]: no such file
         --> a.yaml:1:1

        1 file, 0 objects: 1 error. Explain a rule with `hslint rule NAME`.
        Not checked:
          cannot be read, or not all of it: a.yaml
        """)


def test_colours(run: Run) -> None:
    result = run({"a.yaml": CONFIG.format("x")}, WARNING, value)

    assert render(result, Paint(color=True)) == (
        "\x1b[1;33mwarning[test-rule]\x1b[0m\x1b[1m: this is b\x1b[0m\n"
        " \x1b[34m-->\x1b[0m a.yaml:6:6\n"
        "\x1b[34m  |\x1b[0m\n"
        "\x1b[34m6 |\x1b[0m   b: x\n"
        "\x1b[34m  |\x1b[0m      \x1b[1;33m^\x1b[0m\n"
        "\n"
        "1 file, 1 object: \x1b[1;33m1 warning\x1b[0m."
        " Explain a rule with `hslint rule NAME`.\n"
    )


def test_a_clean_run_says_what_it_checked(run: Run) -> None:
    result = run({"a.yaml": CONFIG.format("x"), "b.yaml": SERVICE})

    assert render(result) == "2 files, 2 objects: no problems found.\n"


def test_what_is_hidden_is_counted(run: Run) -> None:
    result = run({"a.yaml": CONFIG.format("x"), "b.yaml": SERVICE}, INFO, value)

    assert render(result) == dedent("""\
        2 files, 2 objects: no problems found.
        Hidden: 2 info; see `--level info`.
        """)


def test_what_was_not_checked_is_said(run: Run) -> None:
    files = {f"values{n}.yaml": "a: 1" for n in range(6)}
    files["empty.yaml"] = "\n"
    files["helm.yaml"] = "kind: Service\nmetadata: {{ .Values.x }}: {{ y }}\n"
    files["kustomization.yaml"] = "resources: [a.yaml]\npatches: [{path: patch.yaml}]"
    files["patch.yaml"] = SERVICE
    files["package.json"] = "{}"
    files["a.yaml"] = "---\n".join([CONFIG.replace("v1", "example.com/v1")] * 2)
    files["b.yaml"] = SERVICE

    assert render(run(files)) == dedent("""\
        12 files, 3 objects: no problems found.
        Not checked:
          no Kubernetes object: values0.yaml, values1.yaml, values2.yaml and 3 more
          empty: empty.yaml
          template; render it and check the result: helm.yaml
          kustomization: kustomization.yaml
          kustomize patch or setting: patch.yaml
          no schema, add one with `--schemas`: ConfigMap.example.com/v1 (2)
        """)
