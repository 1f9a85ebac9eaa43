"""How many findings each rule has, the most first."""

from __future__ import annotations

from hslint.contract import SEVERITIES
from hslint.report import json
from hslint.report.paint import PLAIN, Paint
from hslint.report.summary import summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.result import Result


def text(result: Result, paint: Paint = PLAIN) -> str:
    """The numbers in place of the findings, then the summary."""
    rows = _rows(result)
    margin = len(str(rows[0][0])) if rows else 0
    broad = max(map(len, SEVERITIES))
    lines = [
        f"{number:>{margin}}  {paint(severity, severity)}{' ' * (broad - len(severity))}  {rule}\n"
        for number, severity, rule in rows
    ]
    return "".join(lines) + ("\n" if lines else "") + summary(result, paint)


def as_json(result: Result, paint: Paint = PLAIN) -> str:  # noqa: ARG001
    """The JSON report with one field more."""
    names = "count", "severity", "rule"
    rows = [dict(zip(names, row, strict=True)) for row in _rows(result)]
    return json.written({**json.report(result), "statistics": rows})


def _rows(result: Result) -> list[tuple[int, str, str]]:
    """Number, severity and rule; a rule that is not always as sure has several rows."""
    numbers: dict[tuple[str, str], int] = {}
    for finding in result.findings:
        key = finding.severity.name, finding.rule
        numbers[key] = numbers.get(key, 0) + 1
    rows = [(number, *key) for key, number in numbers.items()]
    return sorted(rows, key=lambda row: (-row[0], -SEVERITIES[row[1]].rank, row[2]))
