"""Real runs with a rule of the test's own, so that reports do not change with the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hslint import ERROR, WARNING, Rule, Severity, rule
from hslint.engine import lint
from hslint.registry import Rules
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.contract import Check
    from hslint.result import Result

    Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Lint files (name: text) with one rule, named ``test-rule``, or with none."""

    def lint_with(
        files: dict[str, str],
        severity: Severity = ERROR,
        check: Check | None = None,
        level: Severity = WARNING,
    ) -> Result:
        rules: list[Rule] = []
        if check is not None:
            rules.append(rule(severity)(check))
            rules[0].name = "test-rule"
        sources = [Source(file, text.encode()) for file, text in files.items()]
        return lint(sources, Rules(rules), level=level)

    return lint_with
