"""SARIF 2.1.0: the format that code scanning reads."""

from __future__ import annotations

import os

from hslint.identity import fingerprints, relative
from hslint.report.paint import PLAIN, Paint
from hslint.report.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from hslint.finding import Finding, Place
    from hslint.result import Result

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(result: Result, paint: Paint = PLAIN) -> str:  # noqa: ARG001
    """The run as one SARIF log, in ASCII; never in colour."""
    from json import dumps

    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(result)]}, indent=2) + "\n"


def _run(result: Result) -> dict[str, Any]:
    from hslint.version import __version__

    rules = _numbered(finding.rule for finding in result.findings)
    files = _numbered(_files(result))
    marked = zip(result.findings, fingerprints(result.findings), strict=True)
    driver = {"name": "hslint", "semanticVersion": __version__, "rules": [*_rules(rules)]}
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result)],
        "artifacts": [{"location": _artifact(file), "roles": ["analysisTarget"]} for file in files],
        "results": [
            {**_result(finding, files), "ruleIndex": rules[finding.rule]}
            | {"partialFingerprints": {"ruleObjectField/v1": mark}}
            for finding, mark in marked
        ],
    }


def _numbered(names: Iterable[str]) -> dict[str, int]:
    """Each name with its number, from 0."""
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _files(result: Result) -> Iterator[str]:
    for finding in result.findings:
        yield finding.span.file
        yield from (place.span.file for place in finding.related)


def _rules(names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rules with findings, each with its page as the help: it has no address of its own."""
    from hslint.explain import page
    from hslint.registry import files, load_file

    paths = {os.path.basename(path)[:-3].replace("_", "-"): path for path in files()}
    for name in names:
        if name not in paths:
            yield {"id": name}
            continue
        rule = load_file(paths[name])
        yield {
            "id": name,
            "shortDescription": {"text": rule.summary},
            "fullDescription": {"text": rule.docs.partition("\n```")[0].rstrip()},
            "help": {"text": page(rule), "markdown": page(rule)},
            "defaultConfiguration": {"level": _LEVELS[rule.severity.name]},
            "properties": {"tags": [rule.group]},
        }


def _invocation(result: Result) -> dict[str, Any]:
    """How the run ended, with what failed in hslint itself and what was not checked."""
    notes = [_note("error", f"{fault}; this is a fault of hslint's own") for fault in result.faults]
    files = {source.file for source in result.sources}
    for file, reason in result.skipped:
        note = _note("note", f"{file}: not checked: {reason}")
        if file in files:  # and not the title of a schema
            note["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(file)}}]
        notes.append(note)
    for kind, number in sorted(result.without_schema.items()):
        notes.append(
            _note("note", f"no schema for {kind}: the fields of {number} were not checked")
        )
    return {
        "executionSuccessful": not result.faults,
        "exitCode": result.status,
        "toolExecutionNotifications": notes,
    }


def _note(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": _message(text)}


def _message(*lines: str) -> dict[str, str]:
    """A message; a lone brace would begin a placeholder (SARIF 2.1.0, 3.11.5)."""
    text = "\n".join(map(visible, lines))
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _result(finding: Finding, files: Mapping[str, int]) -> dict[str, Any]:
    help_ = [f"help: {finding.help}"] if finding.help else []
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity.name],
        "message": _message(finding.message, *help_),
        "locations": [_location(finding.place, files)],
        "relatedLocations": [
            {"id": number, **_location(place, files), "message": _message(place.message)}
            for number, place in enumerate(finding.related, 1)
        ],
    }


def _location(place: Place, files: Mapping[str, int]) -> dict[str, Any]:
    span = place.span
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {**_artifact(span.file), "index": files[span.file]},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }
    if place.object:
        name = "/".join(part for part in place.object if part)
        field = f"#{place.path}" if place.path else ""
        location["logicalLocations"] = [
            {"fullyQualifiedName": visible(f"{name}{field}"), "kind": "object"}
        ]
    return location


def _artifact(file: str) -> dict[str, str]:
    """Where a file is: from the folder that hslint ran in, or absolute outside of it."""
    from urllib.parse import quote_from_bytes

    path = relative(file)
    uri = quote_from_bytes(os.fsencode(path))
    if os.path.isabs(path):
        return {"uri": f"file:///{uri.lstrip('/')}"}
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}
