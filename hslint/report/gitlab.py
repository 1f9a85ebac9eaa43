"""GitLab's code quality report: what a merge request makes better or worse.

Source: docs.gitlab.com, "Code Quality report format". GitLab wants one finding for a fingerprint.
"""

from __future__ import annotations

from hslint.identity import fingerprints, relative
from hslint.report.paint import PLAIN, Paint
from hslint.report.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hslint.finding import Finding
    from hslint.result import Result

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def render(result: Result, paint: Paint = PLAIN) -> str:  # noqa: ARG001
    """The findings as a JSON list, in ASCII; never in colour."""
    from json import dumps

    marked = zip(result.findings, fingerprints(result.findings), strict=True)
    return dumps([_issue(finding, mark) for finding, mark in marked], indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    span = finding.span
    advice = f" (help: {finding.help})" if finding.help else ""
    return {
        "description": visible(f"{finding.message}{advice}"),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity.name],
        "location": {
            "path": visible(relative(span.file)),
            "lines": {"begin": span.line, "end": span.end_line},
        },
    }
