"""Findings as a reader wants them: one format, one file, one function, and nothing written."""

from __future__ import annotations

from hslint.report import concise, json, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from hslint.engine import Result
    from hslint.report.paint import Paint
    from hslint.rule import Severity

    Report: TypeAlias = Callable[[Result, Severity, Paint], str]


#: By the name of the format: what renders the findings of a result that are at least so bad.
REPORTS: dict[str, Report] = {"text": text.render, "concise": concise.render, "json": json.render}
