"""Workflow commands: GitHub shows each finding beside its line in a pull request.

How they are escaped: github.com/actions/toolkit packages/core/src/command.ts.
"""

from __future__ import annotations

from hslint.identity import relative
from hslint.report.paint import PLAIN, Paint
from hslint.report.prose import prose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.finding import Finding
    from hslint.result import Result

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(result: Result, paint: Paint = PLAIN) -> str:  # noqa: ARG001
    """One command a line for each finding; without colour, since a program reads it."""
    return "".join(f"{_command(finding)}\n" for finding in result.findings)


def _command(finding: Finding) -> str:
    span = finding.span
    where: dict[str, object] = {"file": relative(span.file), "line": span.line}
    where["endLine"] = span.end_line
    if span.line == span.end_line:  # the runner takes columns within one line only
        where |= {"col": span.column, "endColumn": span.end_column}
    where["title"] = f"hslint: {finding.rule}"
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    return f"::{_COMMANDS[finding.severity.name]} {properties}::{_data(prose(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
