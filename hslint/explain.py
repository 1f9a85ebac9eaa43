"""Rules explained in Markdown: one on a page of its own, many as a list."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hslint.contract import Rule


def page(rule: Rule) -> str:
    """Everything about one rule; its examples are headed "Bad" and "Good"."""
    head = f"Group `{rule.group}`, severity `{rule.severity.name}`"
    if rule.fixes:
        head += f", fix {' or '.join(rule.fixes)}"
    lines = [f"# {rule.name}", "", f"{head}.", ""]
    for line in rule.docs.splitlines():
        if line.startswith(("```yaml bad", "```yaml good")):
            kind, _, options = line.removeprefix("```yaml ").partition(" ")
            given = f" (`{options}`)" if options else ""
            lines += [f"**{kind.capitalize()}**{given}", "", "```yaml"]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def listing(rules: Iterable[Rule]) -> str:
    """The rules by group, each with its severity and summary."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    parts = []
    for group, members in groups.items():
        lines = [f"- `{r.name}` ({r.severity.name}): {r.summary}" for r in members]
        parts.append(f"## {group}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)
