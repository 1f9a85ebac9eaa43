"""Findings as a reader wants them: one format, one file, one function, and nothing written."""

from __future__ import annotations

from hslint.report import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from hslint.report.paint import Paint
    from hslint.result import Result

    Report: TypeAlias = Callable[[Result, Paint], str]

#: Each format is the module of its name here.
FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")
#: Those that are documents: written also where nothing was found to check, and all there is to say.
DOCUMENTS = ("json", "sarif", "gitlab", "junit")


def renderer(form: str, *, counting: bool = False) -> Report:
    """What renders a result in one of FORMATS; *counting* the findings of each rule, if it can."""
    if counting and form in ("text", "json"):
        from hslint.report import statistics

        return statistics.text if form == "text" else statistics.as_json
    if form == "text":
        return text.render
    from importlib import import_module

    report: Report = import_module(f"hslint.report.{form}").render
    return report
