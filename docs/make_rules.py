"""Write docs/rules/: a page for each rule and an index by group.

Run as ``python docs/make_rules.py`` after a change of a rule's documentation.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the rules of this checkout, whatever is installed

from hslint.explain import page  # noqa: E402
from hslint.registry import Rules, load  # noqa: E402

INTRODUCTION = """\
# Rules

`hslint rule NAME` prints one of these pages. `--select` and `--ignore` take the names of rules and
of groups. `--fix` makes the safe fixes, `--fix --unsafe-fixes` the rest too.
"""


def pages(rules: Rules) -> dict[str, str]:
    """The text of each page by its path below docs/rules/."""
    groups: dict[str, list[str]] = {}
    for rule in rules:
        link = f"[{rule.name}]({rule.group}/{rule.name}.md)"
        row = f"| {link} | {rule.severity.name} | {', '.join(rule.fixes)} | {rule.summary} |"
        groups.setdefault(rule.group, []).append(row)
    index = INTRODUCTION
    for group, rows in groups.items():
        index += f"\n## {group}\n\n| rule | severity | fix | |\n| --- | --- | --- | --- |\n"
        index += "\n".join(rows) + "\n"
    return {"README.md": index} | {f"{r.group}/{r.name}.md": page(r) for r in rules}


def main() -> None:
    """Write all pages anew."""
    folder, anew = HERE / "rules", pages(load())
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in anew.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
