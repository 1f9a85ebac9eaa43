"""The report for programs; docs/json.md describes it."""

from __future__ import annotations

from hslint.contract import SEVERITIES
from hslint.report.paint import PLAIN, Paint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hslint.finding import Finding, Place
    from hslint.repair import Repair
    from hslint.result import Result

#: Raised when a field goes away or changes its meaning; a new field raises nothing.
VERSION = 1


def render(result: Result, paint: Paint = PLAIN) -> str:  # noqa: ARG001
    """The findings and the summary as one JSON object, in ASCII; never in colour."""
    return written(report(result))


def written(report: dict[str, Any]) -> str:
    """A report as text."""
    from json import dumps  # slow to import, and only this report needs it

    return dumps(report, indent=2) + "\n"


def report(result: Result) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "version": VERSION,
        "findings": [_finding(finding) for finding in result.findings],
        "summary": {
            "files": result.files,
            **({"read_along": result.along} if result.along else {}),
            "documents": result.documents,
            "findings": {name: result.counts.get(name, 0) for name in SEVERITIES},
            "skipped": [{"file": file, "reason": reason} for file, reason in result.skipped],
            "without_schema": dict(sorted(result.without_schema.items())),
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.name,
        "message": finding.message,
        "help": finding.help or None,
        "fix": _fix(finding.fix) if finding.fix and finding.fix.edits else None,
        **_place(finding.place),
        "related": [{**_place(place), "message": place.message} for place in finding.related],
    }


def _fix(repair: Repair) -> dict[str, Any]:
    names = ("file", "line", "column", "end_line", "end_column", "text")
    return {
        "title": repair.title,
        "safe": repair.safe,
        "edits": [dict(zip(names, edit, strict=True)) for edit in repair.edits],
    }


def _place(place: Place) -> dict[str, Any]:
    span = place.span
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "object": _object(*place.object) if place.object else None,
        "path": place.path,
    }


def _object(
    api_version: str, kind: str, namespace: str | None, name: str | None
) -> dict[str, str | None]:
    return {"apiVersion": api_version, "kind": kind, "namespace": namespace, "name": name}
