"""The pages of rules as files that an editor can open: each is written when it is first shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hslint.cachedir import folder
from hslint.explain import page
from hslint.version import __version__

if TYPE_CHECKING:
    from hslint.registry import Rules


class Pages:
    """Where the pages of *rules* are, in the platform's folder for caches."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules.by_name
        self._folder = os.path.join(folder(), f"pages-{__version__}")
        self._addresses: dict[str, str | None] = {}

    def address(self, rule: str) -> str | None:
        """The address of a rule's page; None where it cannot be written."""
        if rule not in self._addresses:
            self._addresses[rule] = self._written(rule) if rule in self._rules else None
        return self._addresses[rule]

    def _written(self, rule: str) -> str | None:
        path = Path(self._folder, f"{rule}.md")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page(self._rules[rule]), encoding="utf-8")
        except OSError:
            return None
        return path.as_uri()
