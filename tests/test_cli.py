"""The command as it is run: options in, reports and exit status out."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import hslint as package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Hslint = Callable[..., subprocess.CompletedProcess[str]]

#: Where hslint is imported from, here and in the processes that are started.
SOURCES = os.path.dirname(os.path.dirname(package.__file__))
#: One warning, governing-service-missing in line 6.
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
CLEAN = f"{SERVICE}---\n{WORKLOAD}".replace("headles\n", "headless\n")
WARNED = f"{SERVICE}---\n{WORKLOAD}"
#: Without colours for a pipe that a developer's shell may ask for.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "NO_COLOR")}


@pytest.fixture
def hslint(tmp_path: Path) -> Hslint:
    """Run hslint in a folder with ``clean.yaml`` and ``warned.yaml``."""
    (tmp_path / "clean.yaml").write_text(CLEAN)
    (tmp_path / "warned.yaml").write_text(WARNED)

    def run(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hslint", *arguments],
            cwd=tmp_path,
            env={**ENVIRONMENT, "PYTHONPATH": SOURCES, **variables},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def on_a_terminal(*arguments: str, folder: Path, **variables: str) -> str:
    """What hslint shows on a terminal."""
    outer, inner = os.openpty()
    shown = b""
    with subprocess.Popen(
        [sys.executable, "-m", "hslint", *arguments],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": SOURCES, "TERM": "xterm", **variables},
        stdout=inner,
    ):
        os.close(inner)
        with suppress(OSError):  # Linux ends a terminal with an error
            while piece := os.read(outer, 10_000):
                shown += piece
    os.close(outer)
    return shown.decode()


# -- exit status


def test_a_clean_run_is_0_and_says_so(hslint: Hslint) -> None:
    result = hslint("clean.yaml")

    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        "1 file, 2 objects: no problems found.\n",
        "",
    )


def test_findings_are_1(hslint: Hslint) -> None:
    result = hslint("warned.yaml")

    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("warning[governing-service-missing]: ")
    assert result.stdout.endswith(
        "1 file, 2 objects: 1 warning. Explain a rule with `hslint rule NAME`.\n"
        "1 can be fixed with `--fix --unsafe-fixes`.\n"
    )


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1),
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "never"], 0),
        (["--level", "error"], 0),  # what is not shown does not fail
        (["--level", "error", "--fail-on", "warning"], 1),  # unless asked to
        (["--ignore", "governing-service-missing"], 0),
        (["--ignore", "headless,statefulset"], 0),
        (["--select", "headless"], 0),
        (["--select", "headless", "--select", "statefulset"], 1),
        (["--select", "statefulset", "--ignore", "governing-service-missing"], 0),
    ],
)
def test_options_decide_what_fails(hslint: Hslint, options: list[str], status: int) -> None:
    assert hslint(*options, "warned.yaml").returncode == status


def test_an_info_is_shown_when_asked_for_but_fails_only_when_told_to(hslint: Hslint) -> None:
    suppressed = CLEAN.replace("clusterIP: None", "clusterIP: None  # hslint: ignore[null-value]")

    for options, shown, status in (
        ((), False, 0),
        (("--level", "info"), True, 0),
        (("--fail-on", "info"), False, 1),
    ):
        result = hslint(*options, "-", stdin=suppressed)
        assert ("unused-ignore" in result.stdout, result.returncode) == (shown, status), options


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument 'PATH...'"),
        (["gone.yaml"], "error: gone.yaml: no such file or folder\n"),
        (["clean.yaml", "gone.yaml"], "error: gone.yaml: no such file or folder\n"),
        (["--frobnicate", "."], "--frobnicate"),
        (
            ["--format", "xml", "."],
            "'xml' is not one of 'text', 'concise', 'json', 'sarif', ",
        ),
        (["--format", "json=", "."], "'json=' names no file"),
        (["--format", "json", "--format", "text", "."], "cannot both go to standard output"),
        (["--format", "json=a", "--format", "junit=a", "."], "cannot both go to a"),
        (["--format", "json=a", "--output", "b", "."], "no format without a file"),
        (["--format", "json=a", "--format", "text", "--output", "a", "."], "no format without a"),
        (["--format", "sarif=no/folder", "."], "error: no/folder: no such file or directory\n"),
        (["--kubernetes-version", "1.12", "."], "'1.12' is not one of 1.25 to 1.37"),
        (["--kubernetes-version", "2", "."], "'2' is not one of 1.25 to 1.37"),
        (
            ["--select", "governing-service-mising", "."],
            "did you mean 'governing-service-missing'?\n",
        ),
        (["--ignore", "headles", "."], "did you mean 'headless'?"),
        (["--schemas", "gone", "."], "error: gone: no such file or folder\n"),
        (["--output", "no/such/folder", "."], "error: no/such/folder: no such file or directory\n"),
        (["rule", "headles"], "did you mean 'headless'?"),
        (["rule", "a", "b"], "unexpected extra argument (b)"),
    ],
)
def test_what_cannot_run_is_2_and_says_why(
    hslint: Hslint, arguments: list[str], message: str
) -> None:
    result = hslint(*arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


def test_nothing_to_check_is_2(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "values").mkdir()
    (tmp_path / "values/values.yaml").write_text("replicas: 1\n")

    for path, message in (
        ("empty", "error: no Kubernetes object found\n"),
        (
            "values",
            "error: no Kubernetes object found\n  no Kubernetes object: values/values.yaml\n",
        ),
        ("-", "error: no Kubernetes object found\n  empty: <stdin>\n"),
    ):
        result = hslint(path)
        assert (result.returncode, result.stdout, result.stderr) == (2, "", message)

    result = hslint("--format", "json", "values")
    assert result.returncode == 2
    assert json.loads(result.stdout)["findings"] == []


def test_a_rule_that_fails_is_named_with_the_object_and_the_others_go_on(
    tmp_path: Path, hslint: Hslint
) -> None:
    broken = tmp_path / "site/sitecustomize.py"
    broken.parent.mkdir()
    broken.write_text(
        "import hslint.registry as registry\n"
        "load = registry.load\n"
        "def with_broken_rule(cache):\n"
        "    rules = load()\n"
        "    rules.by_name['headless-without-ports'].check = lambda manifest: 1 / 0\n"
        "    rules.by_name['headless-without-ports'].sees = ('manifest',)\n"
        "    return rules\n"
        "registry.load = with_broken_rule\n"
    )
    result = hslint("warned.yaml", PYTHONPATH=f"{broken.parent}{os.pathsep}{SOURCES}")

    assert result.returncode == 2
    assert result.stdout.startswith("warning[governing-service-missing]: ")
    assert result.stderr == (
        "error: rule headless-without-ports failed on Service/db-headless in warned.yaml:"
        " ZeroDivisionError('division by zero'); this is a fault of hslint's own\n"
    )

    (tmp_path / "again.yaml").write_text((tmp_path / "warned.yaml").read_text())
    result = hslint("warned.yaml", "again.yaml", PYTHONPATH=f"{broken.parent}{os.pathsep}{SOURCES}")
    assert result.stderr.count("headless-without-ports") == 1
    assert "(and on 1 more); this is a fault" in result.stderr


# -- input and output


def test_standard_input(hslint: Hslint) -> None:
    result = hslint("-", "--format=concise", stdin=WARNED)

    assert result.returncode == 1
    assert result.stdout.startswith("<stdin>:18:16: warning[governing-service-missing] ")


def test_many_paths_are_one_world(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)
    (tmp_path / "b.yaml").write_text(WORKLOAD.replace("headles\n", "headless\n"))

    assert hslint("a.yaml", "b.yaml").stdout == "2 files, 2 objects: no problems found.\n"
    assert hslint("b.yaml", "--closed-world").returncode == 1


def test_concise_is_one_finding_a_line_and_the_summary_goes_to_standard_error(
    hslint: Hslint,
) -> None:
    result = hslint("--format", "concise", "warned.yaml")

    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith("warned.yaml:18:16: warning[governing-service-missing] ")
    assert result.stderr.startswith("1 file, 2 objects: 1 warning. ")


def test_json_is_json_and_nothing_else(hslint: Hslint) -> None:
    result = hslint("--format", "json", "warned.yaml")

    assert result.stderr == ""
    report = json.loads(result.stdout)
    assert report["version"] == 1
    assert [f["rule"] for f in report["findings"]] == ["governing-service-missing"]
    assert report["summary"]["findings"] == {"error": 0, "warning": 1, "info": 0}


def test_output_goes_to_the_file_without_colour(hslint: Hslint, tmp_path: Path) -> None:
    result = hslint("--output", "report.txt", "warned.yaml", FORCE_COLOR="1")

    report = (tmp_path / "report.txt").read_text()
    assert report == hslint("warned.yaml").stdout
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("1 file, 2 objects: 1 warning. ")


def test_several_reports_go_to_their_files_and_one_to_the_console(
    hslint: Hslint, tmp_path: Path
) -> None:
    result = hslint(
        "--format", "sarif=out.sarif", "--format=text", "--format=json=j", "warned.yaml"
    )

    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == hslint("warned.yaml").stdout
    assert (tmp_path / "j").read_text() == hslint("--format", "json", "warned.yaml").stdout
    (run,) = json.loads((tmp_path / "out.sarif").read_text())["runs"]
    assert run["invocations"][0]["exitCode"] == 1
    assert [each["ruleId"] for each in run["results"]] == ["governing-service-missing"]


def test_where_all_reports_go_to_files_the_summary_is_said(hslint: Hslint) -> None:
    result = hslint("--format", "junit=out.xml", "--format", "text", "--output", "t", "warned.yaml")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("1 file, 2 objects: 1 warning. ")


def test_github_has_the_summary_beside_it_and_documents_nothing(hslint: Hslint) -> None:
    github = hslint("--format", "github", "warned.yaml")
    assert github.stdout.startswith("::warning file=warned.yaml,line=18,")
    assert github.stderr.startswith("1 file, 2 objects: 1 warning. ")

    for form in ("sarif", "gitlab", "junit"):
        assert hslint("--format", form, "warned.yaml").stderr == ""


def test_a_document_is_written_where_nothing_is_found_to_check(
    hslint: Hslint, tmp_path: Path
) -> None:
    result = hslint("--format", "gitlab=out.json", "--format", "text", "-")

    assert (result.returncode, result.stdout) == (2, "")
    assert json.loads((tmp_path / "out.json").read_text()) == []


def test_statistics_stand_in_place_of_the_findings(hslint: Hslint) -> None:
    shown = hslint("--statistics", "warned.yaml").stdout

    assert shown.startswith("1  warning  governing-service-missing\n\n1 file, 2 objects: 1 warning")
    assert "statistics" in json.loads(hslint("--statistics", "--format=json", "warned.yaml").stdout)


def test_colour_only_on_request_where_no_terminal_is(hslint: Hslint) -> None:
    assert "\x1b[" not in hslint("warned.yaml").stdout
    assert "\x1b[1;33mwarning[" in hslint("warned.yaml", FORCE_COLOR="1").stdout
    assert "\x1b[" not in hslint("warned.yaml", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[" not in hslint("--format=json", "warned.yaml", FORCE_COLOR="1").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_colour_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "warned.yaml").write_text(WARNED)

    assert "\x1b[1;33mwarning[" in on_a_terminal("warned.yaml", folder=tmp_path)
    assert "\x1b[" not in on_a_terminal("warned.yaml", folder=tmp_path, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal("warned.yaml", folder=tmp_path, TERM="dumb")


def test_a_file_name_that_is_no_text(hslint: Hslint, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.yaml")
    try:
        (tmp_path / name).write_text(WARNED)
    except OSError:
        pytest.skip("this file system takes names that are text only")

    assert r"--> \udcff.yaml:18:16" in hslint(name).stdout


# -- what options mean


def test_a_kubernetes_version_may_be_written_in_full(hslint: Hslint) -> None:
    for version in ("1.30", "v1.30", "1.30.2"):
        assert hslint("--kubernetes-version", version, "clean.yaml").returncode == 0


def test_the_namespace_is_that_of_objects_without_one(hslint: Hslint) -> None:
    text = CLEAN.replace("name: db-headless\n", "name: db-headless\n  namespace: prod\n")

    assert hslint("-", stdin=text).returncode == 0
    assert hslint("--namespace", "prod", "-", stdin=text).returncode == 0
    assert hslint("--namespace", "staging", "-", stdin=text).returncode == 1


DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: databases.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Database
    plural: databases
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size:
                  type: integer
"""
CUSTOM = """\
apiVersion: example.com/v1
kind: Database
metadata:
  name: db
spec:
  size: big
"""


def test_schemas_check_custom_resources(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "crds").mkdir()
    (tmp_path / "crds/database.yaml").write_text(DEFINITION)

    without = hslint("-", stdin=CUSTOM)
    assert without.returncode == 0
    assert "  no schema, add one with `--schemas`: Database.example.com/v1 (1)\n" in without.stdout

    checked = hslint("--schemas", "crds", "--format", "concise", "-", stdin=CUSTOM)
    assert checked.returncode == 1
    assert checked.stdout.startswith("<stdin>:6:9: error[wrong-type] ")


def test_a_schema_that_cannot_be_used_is_said(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "crd.yaml").write_text(DEFINITION.replace("type: integer", "type: whole"))

    result = hslint("--schemas", "crd.yaml", "-", stdin=CUSTOM)
    assert result.returncode == 0
    assert "  unusable schema: " in result.stdout
    assert ": CustomResourceDefinition Database example.com/v1\n" in result.stdout


def test_no_schema_is_2(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = hslint("--schemas", "empty", "clean.yaml")
    assert (result.returncode, result.stdout, result.stderr) == (
        2,
        "",
        "error: empty: no schema found\n",
    )


def test_a_schema_that_cannot_be_read_is_2(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "crd.yaml").write_text("a: b: c\n")

    result = hslint("--schemas", "crd.yaml", "clean.yaml")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: crd.yaml: ")


# -- help


def test_help_tells_the_exit_status_and_how_to_learn_about_rules(hslint: Hslint) -> None:
    result = hslint("--help")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: hslint [OPTIONS] PATH...\n")
    assert "Exit status: 0 for no findings, 1 for findings, 2 if" in result.stdout
    assert "`hslint rule NAME` explains one." in result.stdout


def test_version(hslint: Hslint) -> None:
    assert hslint("--version").stdout == f"hslint {package.__version__}\n"


def test_a_rule_is_explained_in_markdown(hslint: Hslint) -> None:
    page = hslint("rule", "governing-service-missing").stdout

    assert page.startswith(
        "# governing-service-missing\n\nGroup `statefulset`, severity `warning`, fix unsafe.\n"
    )
    assert "\n**Bad**\n\n```yaml\napiVersion: " in page
    assert "\n**Good**\n\n```yaml\napiVersion: " in page


def test_rules_are_listed_by_group(hslint: Hslint) -> None:
    everything = hslint("rule").stdout
    group = hslint("rule", "statefulset").stdout

    assert group.startswith("## statefulset\n\n- `")
    assert "- `governing-service-missing` (warning): A StatefulSet's `serviceName`" in group
    assert group in everything
    assert "\n## yaml\n\n" in everything


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_rule_is_laid_out_on_a_terminal(tmp_path: Path) -> None:
    shown = on_a_terminal("rule", "governing-service-missing", folder=tmp_path)

    assert "governing-service-missing" in shown
    assert "# governing-service-missing" not in shown
    assert "```" not in shown


def test_a_path_called_rule_can_be_checked(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "rule").write_text(WARNED)

    assert hslint("./rule").stdout.startswith("warning[governing-service-missing]: ")


# -- manners


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
@pytest.mark.parametrize("arguments", [["."], ["--format", "json", "."], ["rule"]])
def test_a_reader_that_leaves_is_no_error(tmp_path: Path, arguments: list[str]) -> None:
    for number in range(400):
        (tmp_path / f"{number}.yaml").write_text(WARNED)
    with subprocess.Popen(
        [sys.executable, "-m", "hslint", *arguments],
        cwd=tmp_path,
        env={**ENVIRONMENT, "PYTHONPATH": SOURCES},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed differently there")
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ("clean.yaml >&-", 2, "error: standard output is closed\n"),
        ("rule >&-", 2, "error: standard output is closed\n"),
        ("- <&-", 2, "error: standard input is closed\n"),
        ("clean.yaml <&-", 0, ""),
        ("clean.yaml 2>&-", 0, ""),
        ("warned.yaml 2>&-", 1, ""),
        ("gone.yaml 2>&-", 2, ""),
        ("clean.yaml >&- 2>&-", 2, ""),
        ("--format json clean.yaml 2>&-", 0, ""),
    ],
)
def test_a_closed_stream_is_2_only_where_it_is_needed(
    hslint: Hslint, tmp_path: Path, arguments: str, status: int, message: str
) -> None:
    assert hslint("clean.yaml").returncode == 0
    result = shell(tmp_path, arguments)

    assert (result.returncode, result.stderr) == (status, message)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")
@pytest.mark.parametrize("arguments", ["warned.yaml", "--format json warned.yaml", "rule"])
def test_a_full_stream_is_2(hslint: Hslint, tmp_path: Path, arguments: str) -> None:
    assert hslint("clean.yaml").returncode == 0
    full = shell(tmp_path, f"{arguments} >/dev/full")
    unsaid = shell(tmp_path, "gone.yaml 2>/dev/full")

    message = "error: standard input or output: no space left on device\n"
    assert (full.returncode, full.stderr) == (2, message)
    assert (unsaid.returncode, unsaid.stderr) == (2, "")


def shell(folder: Path, arguments: str) -> subprocess.CompletedProcess[str]:
    """Run hslint with *arguments* and redirections."""
    return subprocess.run(
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -m hslint {arguments}"],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": SOURCES},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent differently there")
@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="Ctrl-C is ignored, as behind a `&`"
)
@pytest.mark.parametrize("arguments", [["-"], ["--format", "json", "-"]])
def test_ctrl_c_is_130_and_silent(arguments: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "hslint", *arguments],
        env={**ENVIRONMENT, "PYTHONPATH": SOURCES},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stderr is not None
        for line in child.stderr:  # until the program has begun
            if line.rstrip().endswith("hslint.run"):
                break
        child.send_signal(signal.SIGINT)
        rest = child.stderr.read()
    assert child.returncode == 130
    assert "Traceback" not in rest


HEAVY = {
    "click", "rich", "jsonschema", "ruamel", "ruamel.yaml", "yaml", "re", "json", "typing",
    "dataclasses", "pathlib", "inspect", "enum", "hslint.edit", "hslint.fixing", "hslint.mend",
}  # fmt: skip


@pytest.mark.parametrize("changed", [False, True])
def test_a_clean_check_of_plain_paths_imports_nothing_heavy(
    hslint: Hslint, tmp_path: Path, *, changed: bool
) -> None:
    imported = imported_again(hslint, tmp_path, changed=changed)

    assert HEAVY.isdisjoint(imported)
    assert {name for name in imported if name.startswith("hslint.report.")} == {
        "hslint.report.paint",
        "hslint.report.summary",
        "hslint.report.text",
        "hslint.report.visible",
    }
    rare = {"hslint.add_ignores", "hslint.baseline", "hslint.identity", "hslint.progress"}
    assert rare.isdisjoint(imported)


def test_where_nothing_has_changed_neither_yaml_nor_rules_are_imported(
    hslint: Hslint, tmp_path: Path
) -> None:
    imported = imported_again(hslint, tmp_path, changed=False)

    unneeded = {"hslint.yaml", "hslint.face", "hslint.reading", "hslint.engine", "hslint.world"}
    assert unneeded.isdisjoint(imported)


def imported_again(hslint: Hslint, folder: Path, *, changed: bool) -> set[str]:
    """The modules that the second check of a file imports."""
    script = folder / "watch.py"
    script.write_text(
        "import os, sys\n"
        "before = set(sys.modules)\n"
        "from hslint.__main__ import main\n"
        "def end(status):\n"
        "    print(status, *sorted(set(sys.modules) - before), file=sys.stderr)\n"
        "os._exit = end\n"
        "main()\n"
    )
    hslint("clean.yaml")
    if changed:
        with (folder / "clean.yaml").open("a") as file:
            file.write("# another word\n")
    result = subprocess.run(
        [sys.executable, "-S", str(script), "clean.yaml"],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([SOURCES, *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        check=True,
    )
    status, *imported = result.stderr.split()
    assert status == "0"
    return set(imported)
