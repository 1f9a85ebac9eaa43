"""The report for people: each finding with its source, and a summary."""

from __future__ import annotations

from hslint.report.paint import PLAIN, Paint
from hslint.report.summary import summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.result import Result


def render(result: Result, paint: Paint = PLAIN) -> str:
    """The findings in code frames, a blank line after each, then the summary."""
    text = ""
    if result.findings:
        from hslint.report.frame import render as frame  # a clean run needs none

        text = "".join(f"{frame(finding, paint)}\n\n" for finding in result.findings)
    return text + summary(result, paint)
