"""What a config makes of a run: which files are read along, what is reported, and how bad it is."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hslint as package
from hslint.options import Options
from hslint.reading import Reader
from hslint.run import run as check

if TYPE_CHECKING:
    from pathlib import Path

    from hslint.reading import Reading
    from hslint.source import Source

SOURCES = os.path.dirname(os.path.dirname(package.__file__))
WORKLOAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db-headles
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: mongo:8
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: db-headless
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: db
      port: 27017
"""
BAD_PORT = SERVICE.replace("27017", "270170").replace("db", "cache")
FOUND = "k8s/db.yaml:6:16: warning[governing-service-missing]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository: a workload that names no Service, a Service that it means, another one."""
    (tmp_path / "k8s" / "more").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "k8s" / "db.yaml").write_text(WORKLOAD)
    (tmp_path / "k8s" / "service.yaml").write_text(SERVICE)
    (tmp_path / "k8s" / "more" / "bad.yaml").write_text(BAD_PORT)
    return tmp_path


def run(
    folder: Path, *arguments: str, stdin: str = "", cwd: str = "."
) -> subprocess.CompletedProcess[str]:
    """Run hslint in a folder; concise if no format is named, its summary on standard error."""
    form = () if "--format" in arguments else ("--format", "concise")
    return subprocess.run(
        [sys.executable, "-m", "hslint", *form, *arguments],
        cwd=folder / cwd,
        env={**os.environ, "PYTHONPATH": SOURCES},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def configure(folder: Path, text: str = "") -> None:
    (folder / ".hslint.yaml").write_text(text)


def places(output: str) -> list[str]:
    """Each finding's place, severity and rule."""
    return [line.split("]")[0] + "]" for line in output.splitlines()]


# -- which files make one world


def test_without_a_config_only_what_is_given_is_read(folder: Path) -> None:
    result = run(folder, "k8s/service.yaml")

    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.startswith("1 file, 1 object: ")


def test_a_file_is_judged_among_the_others_of_its_project(folder: Path) -> None:
    configure(folder)
    result = run(folder, "k8s/db.yaml")

    assert result.returncode == 1
    assert places(result.stdout) == [FOUND]
    summary = "1 file, 1 object (2 other files of the project read along): 1 warning."
    assert result.stderr.startswith(summary)


def test_a_finding_elsewhere_that_ends_in_a_file_given_is_reported(folder: Path) -> None:
    configure(folder)
    result = run(folder, "k8s/service.yaml")

    assert (result.returncode, places(result.stdout)) == (1, [FOUND])


def test_a_file_with_nothing_wrong_is_clean_whatever_is_wrong_with_others(folder: Path) -> None:
    configure(folder)
    (folder / "k8s" / "right.yaml").write_text(SERVICE.replace("db", "own"))
    (folder / "k8s" / "template.yaml").write_text("{{ if .x }}\nkind: a\n{{ end }}\n")
    result = run(folder, "k8s/right.yaml")

    assert (result.returncode, result.stdout) == (0, "")
    assert "Not checked" not in result.stderr


def test_the_json_report_tells_what_was_read_along(folder: Path) -> None:
    configure(folder)
    report = json.loads(run(folder, "--format", "json", "k8s/db.yaml").stdout)

    assert (report["summary"]["files"], report["summary"]["read_along"]) == (1, 2)
    assert report["summary"]["findings"] == {"error": 0, "warning": 1, "info": 0}


def test_hidden_findings_of_other_files_are_not_counted(folder: Path) -> None:
    configure(folder)
    other = "# hslint: ignore[governing-service-missing]\n" + SERVICE.replace("db", "own")
    (folder / "k8s" / "more" / "info.yaml").write_text(other)

    assert "Hidden: 3 info" in run(folder, ".").stderr
    assert "Hidden" not in run(folder, "k8s/db.yaml").stderr


@pytest.mark.parametrize(
    ("cwd", "path", "shown"),
    [
        (".", "k8s/db.yaml", "k8s/db.yaml"),
        (".", "./k8s/../k8s/db.yaml", "k8s/db.yaml"),
        ("k8s", "db.yaml", "db.yaml"),
        ("k8s/more", "../db.yaml", "../db.yaml"),
        ("k8s/more", "{folder}/k8s/db.yaml", "{folder}/k8s/db.yaml"),
    ],
)
def test_files_are_named_in_one_way_from_where_one_stands(
    folder: Path, cwd: str, path: str, shown: str
) -> None:
    configure(folder)
    path, shown = path.format(folder=folder), shown.format(folder=folder)
    report = json.loads(run(folder, "--format", "json", path, cwd=cwd).stdout)
    (finding,) = report["findings"]
    (related,) = finding["related"]

    assert finding["file"] == shown
    assert os.path.dirname(related["file"]) == os.path.dirname(shown)


def test_kustomizations_find_their_files_whichever_is_given(folder: Path) -> None:
    configure(folder)
    (folder / "k8s" / "kustomization.yaml").write_text(
        "resources: [db.yaml, service.yaml]\nnamePrefix: my-\n"
    )
    (folder / "k8s" / "db.yaml").write_text(WORKLOAD.replace("headles", "headless"))
    for cwd, path in ((".", "k8s/db.yaml"), ("k8s", "db.yaml"), (".", f"{folder}/k8s/db.yaml")):
        result = run(folder, "--level", "info", path, cwd=cwd)
        assert (result.returncode, result.stdout) == (0, ""), result.stdout


def test_a_folder_given_is_what_the_project_has_of_it(folder: Path) -> None:
    configure(folder, "paths:\n  exclude: [k8s/more]\n")
    result = run(folder, "k8s")

    assert places(result.stdout) == [FOUND]
    assert result.stderr.startswith("2 files, 2 objects: 1 warning.")


def test_what_is_given_by_name_is_checked_even_if_it_is_left_out(folder: Path) -> None:
    configure(folder, "paths:\n  exclude: ['**/more']\n")
    for path in ("k8s/more", "k8s/more/bad.yaml"):
        result = run(folder, path)
        assert result.returncode == 1
        assert {line.split(":")[0] for line in result.stdout.splitlines()} == {"k8s/more/bad.yaml"}
        assert "(2 other files of the project read along)" in result.stderr


def test_only_what_is_included_is_read_along(folder: Path) -> None:
    configure(folder, "paths:\n  include: [k8s/*.yaml]\n")
    (folder / "chart.yaml").write_text(SERVICE)
    result = run(folder, "k8s/db.yaml")

    assert result.stderr.startswith("1 file, 1 object (1 other file of the project read along)")


def test_a_link_out_of_the_project_is_not_followed(folder: Path, tmp_path: Path) -> None:
    project = tmp_path / "k8s"
    configure(project)
    (tmp_path / "secret.yaml").write_text(SERVICE)
    (project / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (project / "inner.yaml").symlink_to(project / "service.yaml")
    result = run(folder, "k8s/db.yaml")

    assert result.stderr.startswith("1 file, 1 object (2 other files of the project read along)")


def test_a_path_outside_the_project_is_checked_as_well(folder: Path) -> None:
    configure(folder / "k8s" / "more")
    result = run(folder, "k8s/more", "k8s")

    assert result.stderr.startswith("3 files, 3 objects: ")


def test_what_is_not_there_is_2(folder: Path) -> None:
    configure(folder)
    result = run(folder, "k8s/none.yaml")

    assert (result.returncode, result.stderr) == (
        2,
        "error: k8s/none.yaml: no such file or folder\n",
    )


def test_which_files_are_given_changes_only_what_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(folder)
    monkeypatch.chdir(folder)
    everything = findings(".")
    files = {end["file"] for finding in everything for end in ends(finding)}

    assert files == {"k8s/db.yaml", "k8s/service.yaml", "k8s/more/bad.yaml"}
    for file in files:
        expected = [f for f in everything if file in [end["file"] for end in ends(f)]]
        assert findings(file) == expected


def findings(path: str) -> list[dict[str, Any]]:
    """All findings, as the JSON report has them."""
    found: list[dict[str, Any]] = json.loads(report(None, [path], reports=[("json", None)])[1])[
        "findings"
    ]
    return found


def ends(finding: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding, *finding["related"]]


# -- where the config is


def test_the_nearest_config_holds(folder: Path) -> None:
    configure(folder, "severity: {governing-service-missing: error}\n")
    configure(folder / "k8s", "severity: {governing-service-missing: info}\n")

    assert run(folder, "k8s/db.yaml").returncode == 0
    assert run(folder, ".").returncode == 1


def test_pyproject_holds_where_it_has_the_table(folder: Path) -> None:
    configure(folder, "severity: {governing-service-missing: error}\n")
    pyproject = folder / "k8s" / "pyproject.toml"
    pyproject.write_text("[project]\nname = 'x'  # no [tool.hslint]\n")
    assert "error[governing" in run(folder, "k8s/db.yaml").stdout
    pyproject.write_text("[tool.hslint.severity]\ngoverning-service-missing = 'info'\n")
    assert run(folder, "k8s/db.yaml").stdout == ""
    configure(folder / "k8s", "severity: {governing-service-missing: warning}\n")
    assert "warning[governing" in run(folder, "k8s/db.yaml").stdout


def test_the_search_ends_with_the_repository(folder: Path) -> None:
    configure(folder)
    (folder / "k8s" / ".git").write_text("gitdir: elsewhere\n")  # as in a submodule

    assert "read along" not in run(folder, "k8s/db.yaml").stderr


def test_a_config_may_be_named_or_left_out(folder: Path) -> None:
    configure(folder, "severity: {governing-service-missing: error}\n")
    (folder / "other.yaml").write_text("severity: {governing-service-missing: info}\n")

    assert "warning[" in run(folder, "--no-config", "k8s").stdout
    assert "[governing" not in run(folder, "--config", "other.yaml", "k8s").stdout
    assert run(folder, "--config", "none.yaml", "k8s").stderr.startswith(
        "error: none.yaml: no such"
    )
    assert run(folder, "--config", "other.yaml", "--no-config", "k8s").returncode == 2


def test_a_config_that_is_named_and_stands_elsewhere_is_one_for_the_current_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shared = tmp_path_factory.mktemp("shared") / "hslint.yaml"
    shared.write_text("paths: {exclude: [more]}\nseverity: {governing-service-missing: error}\n")
    (shared.parent / "other.yaml").write_text(SERVICE)
    result = run(folder, "--config", str(shared), "db.yaml", cwd="k8s")

    assert result.stdout.startswith("db.yaml:6:16: error[governing-service-missing]")
    assert result.stderr.startswith("1 file, 1 object (1 other file of the project read along)")


@pytest.mark.parametrize(
    ("name", "text"),
    [(".hslint.yaml", "namspace: x\n"), ("pyproject.toml", "tool.hslint.namspace = 'x'\n")],
)
def test_a_wrong_config_is_2_with_its_place(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    result = run(folder, "db.yaml", cwd="k8s")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: ../{name}:1:")
    assert "unknown key `namspace`; did you mean `namespace`?" in result.stderr


def test_a_rule_that_is_not_there_is_2_with_its_place(folder: Path) -> None:
    configure(folder, "severity:\n  governing-service-mising: off\n")
    result = run(folder, "k8s/db.yaml")
    wrong, near = "governing-service-mising", "governing-service-missing"
    message = f"error: .hslint.yaml:2:3: no rule is named `{wrong}`; did you mean `{near}`?\n"

    assert (result.returncode, result.stderr) == (2, message)


# -- what the config says


def test_severities(folder: Path) -> None:
    rule = "governing-service-missing"
    for severity, status in (("error", 1), ("warning", 1), ("info", 0), ("off", 0)):
        configure(folder, f"severity: {{{rule}: {severity}}}\n")
        result = run(folder, "--level", "info", "--fail-on", "warning", "k8s/db.yaml")
        assert result.returncode == status
        assert (f"{severity}[{rule}]" in result.stdout) == (severity != "off")
    assert run(folder, "--select", rule, "k8s/db.yaml").returncode == 1  # asked for by name


def test_a_finding_that_the_rule_is_unsure_of_gets_no_worse(folder: Path) -> None:
    configure(
        folder, "severity: {governing-service-missing: error}\npaths: {include: [k8s/db.yaml]}"
    )
    result = run(folder, "--level", "info", "k8s/db.yaml")  # there is no Service at all

    assert "info[governing-service-missing]" in result.stdout


@pytest.mark.parametrize(
    ("entry", "hidden"),
    [
        ("rules: [governing-service-missing]", True),
        ("rules: [statefulset]", True),
        ("rules: [dns]", False),
        ("rules: [statefulset], paths: [k8s]", True),
        ("rules: [statefulset], paths: [k8s/db.yaml]", True),
        ("rules: [statefulset], paths: ['*.yaml']", False),
        ("rules: [statefulset], objects: [StatefulSet/d*]", True),
        ("rules: [statefulset], objects: [StatefulSet/prod/db]", False),
        ("rules: [statefulset], objects: [StatefulSet/*/db]", True),
        ("rules: [statefulset], paths: [k8s], objects: [Deployment/*]", False),
    ],
)
def test_ignored_findings(folder: Path, entry: str, hidden: bool) -> None:  # noqa: FBT001
    configure(folder, f"ignore:\n- {{{entry}, reason: known}}\n")
    assert (run(folder, "k8s/db.yaml").stdout == "") == hidden


def test_globs_begin_at_the_config_wherever_one_stands(folder: Path) -> None:
    configure(folder, "ignore: [{rules: [statefulset], paths: [k8s/*.yaml]}]\n")
    for cwd, path in (("k8s/more", "../db.yaml"), ("k8s", str(folder / "k8s/db.yaml"))):
        assert run(folder, path, cwd=cwd).returncode == 0


def test_external_objects(folder: Path) -> None:
    configure(folder, "external:\n- {kind: Service, name: db-headles}\n")

    assert run(folder, "--closed-world", "k8s/db.yaml").returncode == 0


def test_options_win_over_the_config(folder: Path) -> None:
    configure(folder, "namespace: one\nkubernetes-version: '1.25'\n")

    def namespace(*options: str) -> str:
        report = json.loads(run(folder, *options, "--format", "json", "k8s/db.yaml").stdout)
        found: str = report["findings"][0]["object"]["namespace"]
        return found

    assert namespace() == "one"
    assert namespace("--namespace", "two") == "two"


def test_schemas_of_the_config(folder: Path) -> None:
    configure(folder, "schemas: [schemas]\npaths: {include: [k8s]}\n")
    (folder / "schemas").mkdir()
    (folder / "schemas" / "pool.json").write_text(
        json.dumps(
            {
                "x-kubernetes-group-version-kind": [
                    {"group": "example.com", "version": "v1", "kind": "Pool"}
                ],
                "type": "object",
                "properties": {
                    "spec": {"type": "object", "properties": {"size": {"type": "integer"}}}
                },
            }
        )
    )
    pool = "apiVersion: example.com/v1\nkind: Pool\nmetadata: {name: a}\nspec: {size: x}\n"
    (folder / "k8s" / "pool.yaml").write_text(pool)

    assert "wrong-type" in run(folder, "k8s/pool.yaml").stdout


# -- standard input


def test_standard_input_stands_for_a_file_of_the_project(folder: Path) -> None:
    configure(folder)
    right = WORKLOAD.replace("headles", "headless")
    result = run(folder, "--stdin-filename", "k8s/db.yaml", "-", stdin=right)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.startswith("1 file, 1 object (2 other files of the project read along)")

    (folder / "k8s" / "db.yaml").write_text(right)
    result = run(folder, "--stdin-filename", "k8s/db.yaml", "-", stdin=WORKLOAD)
    assert places(result.stdout) == [FOUND]


def test_standard_input_may_be_a_file_that_is_not_there_yet(folder: Path) -> None:
    configure(folder)
    (folder / "k8s" / "db.yaml").unlink()
    result = run(folder, "--stdin-filename", "k8s/db.yaml", "-", stdin=WORKLOAD)

    assert places(result.stdout) == [FOUND]


def test_without_a_config_it_takes_the_place_of_a_file_given(folder: Path) -> None:
    result = run(folder, "--stdin-filename", "k8s/db.yaml", "-", stdin=WORKLOAD)
    assert result.stderr.startswith("1 file, 1 object: ")

    right = WORKLOAD.replace("headles", "headless")
    (folder / "k8s" / "db.yaml").write_text(right)
    for paths in (("-", "k8s"), ("k8s", "-")):
        result = run(folder, "--stdin-filename", "k8s/db.yaml", *paths, stdin=WORKLOAD)
        assert FOUND in places(result.stdout)
        assert result.stderr.startswith("3 files, 3 objects: ")


def test_standard_input_that_is_no_file_is_a_world_of_its_own(folder: Path) -> None:
    configure(folder, "severity: {governing-service-missing: error}\n")
    result = run(folder, "-", stdin=f"{SERVICE}---\n{WORKLOAD}")

    assert places(result.stdout) == ["<stdin>:18:16: error[governing-service-missing]"]
    assert "read along" not in result.stderr


def test_a_name_for_standard_input_needs_it(folder: Path) -> None:
    assert run(folder, "--stdin-filename", "k8s/db.yaml", "k8s").returncode == 2


# -- what is remembered


CONFIGS = st.sampled_from(
    [
        None,
        "",
        "namespace: shop\n",
        "kubernetes-version: '1.25'\n",
        "severity: {governing-service-missing: error}\n",
        "severity: {governing-service-missing: off}\n",
        "ignore: [{rules: [statefulset]}]\n",
        "ignore: [{rules: [statefulset], paths: [k8s/more]}]\n",
        "external: [{kind: Service, name: db-headles}]\n",
        "\nexternal: [{kind: Service, name: db-headles}]\n",
        "paths: {exclude: [k8s/service.yaml]}\n",
        "paths: {include: [k8s/more]}\n",
        "namspace: shop\n",
    ]
)
PATHS = st.lists(
    st.sampled_from([".", "k8s", "k8s/db.yaml", "k8s/service.yaml", "k8s/more/bad.yaml"]),
    min_size=1,
    max_size=2,
    unique=True,
)
TEXTS = st.sampled_from([WORKLOAD, WORKLOAD.replace("headles", "headless"), "kind: {{ x }}\n"])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(CONFIGS, PATHS, TEXTS), min_size=2, max_size=5))
def test_cold_and_warm_agree_when_the_config_changes(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[str | None, list[str], str]],
) -> None:
    monkeypatch.chdir(folder)
    for config, paths, text in steps:
        file = folder / ".hslint.yaml"
        file.unlink(missing_ok=True)
        if config is not None:
            file.write_text(config)
        (folder / "k8s" / "db.yaml").write_text(text)
        fresh = report(None, paths)
        assert report(str(folder / ".cache"), paths) == fresh
        assert report(str(folder / ".cache"), paths) == fresh


def report(cache: str | None, paths: list[str], **given: Any) -> tuple[int, str, str]:
    options = Options()
    options.cache = cache
    for name, value in given.items():
        setattr(options, name, value)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = check(paths, options)
    return status, out.getvalue(), err.getvalue()


def test_another_file_of_an_unchanged_project_is_judged_and_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(folder)
    monkeypatch.chdir(folder)
    cache = str(folder / ".cache")
    for path in ("k8s/db.yaml", "k8s/service.yaml"):
        report(cache, [path])
    again: list[str] = []
    read = Reader.read

    def counted(reader: Reader, source: Source) -> Reading:
        again.append(source.file)
        return read(reader, source)

    monkeypatch.setattr(Reader, "read", counted)
    status, found, _ = report(cache, ["k8s/more/bad.yaml"])

    assert status == 1
    assert "k8s/more/bad.yaml" in found
    assert sorted(again) == ["k8s/more/bad.yaml", "k8s/service.yaml"]  # the one named, and before
