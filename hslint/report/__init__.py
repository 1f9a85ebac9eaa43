"""Findings as a reader wants them: one format, one file, one function, and nothing written."""

from __future__ import annotations

from hslint.report import concise, json, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from hslint.report.paint import Paint
    from hslint.result import Result

    Report: TypeAlias = Callable[[Result, Paint], str]


#: What renders a result, by the name of the format.
REPORTS: dict[str, Report] = {"text": text.render, "concise": concise.render, "json": json.render}
