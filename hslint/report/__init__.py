"""Findings as a reader wants them: one format, one file, one function that writes nothing itself."""

from __future__ import annotations

from hslint.report import concise, json, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from hslint.engine import Result
    from hslint.rule import Severity

    class Report(Protocol):
        """The findings of *result* that are at least as bad as *level*, rendered."""

        def __call__(self, result: Result, level: Severity, *, color: bool) -> str: ...


#: The reports by the name of their format.
REPORTS: dict[str, Report] = {"text": text.render, "concise": concise.render, "json": json.render}
