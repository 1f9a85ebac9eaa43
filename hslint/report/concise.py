"""One finding a line: ``file:line:column: severity[rule] message``."""

from __future__ import annotations

from hslint.report.paint import PLAIN, Paint
from hslint.report.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.result import Result


def render(result: Result, paint: Paint = PLAIN) -> str:  # noqa: ARG001
    """The findings, each on its line; without colour, since other programs read it."""
    return "".join(
        f"{visible(f.span.file)}:{f.span.line}:{f.span.column}:"
        f" {f.severity.name}[{f.rule}] {visible(f.message)}\n"
        for f in result.findings
    )
