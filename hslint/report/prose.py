"""A finding in words, for readers that show no source beside it."""

from __future__ import annotations

from hslint.report.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.finding import Finding


def prose(finding: Finding) -> str:
    """What is wrong, what the other places show, and the help, each on its line."""
    lines = [visible(finding.message)]
    for place in finding.related:
        span = place.span
        lines.append(visible(f"{span.file}:{span.line}:{span.column}: {place.message}"))
    if finding.help:
        lines.append(f"help: {visible(finding.help)}")
    return "\n".join(lines)
