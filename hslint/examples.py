"""The examples in a rule's documentation: manifests, and the findings they must give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hslint.engine import lint
from hslint.settings import Settings
from hslint.source import Source

if TYPE_CHECKING:
    from hslint.contract import Rule
    from hslint.finding import Finding
    from hslint.registry import Rules

_FENCE = re.compile(r"^```yaml (bad|good)([^\n]*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_MARK = re.compile(r"# (error|warning|info): (.+?)$")
_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)


class Example:
    """A fenced block ``yaml bad`` or ``yaml good``.

    In a bad one ``# error: TEXT`` (or warning, info) marks each line where a finding must begin,
    with a part of its message. Words after ``bad`` or ``good`` are options: a Kubernetes version
    (``1.32``), ``closed-world``, ``namespace=NAME``, ``unreadable`` for files nobody can open.
    ``# file: NAME`` begins another file.
    """

    def __init__(self, kind: str, options: str, text: str) -> None:
        self.bad = kind == "bad"
        self.text = text
        self.settings = Settings()
        self.error = ""
        for option in options.split():
            if option == "closed-world":
                self.settings.closed_world = True
            elif option == "unreadable":
                self.error = "permission denied"
            elif option.startswith("1."):
                self.settings.minor = int(option[2:])
            elif option.startswith("namespace="):
                self.settings.namespace = option.partition("=")[2]
            else:
                message = f"an example has the unknown option {option!r}"
                raise ValueError(message)

    @property
    def files(self) -> list[tuple[str, str]]:
        """(name, text) of each file of the example."""
        parts = _FILE.split(self.text)
        named = list(zip(parts[1::2], parts[2::2], strict=True))
        return named or [("example.yaml", self.text)]

    @property
    def expected(self) -> list[tuple[str, int, str, str]]:
        """(file, line, severity, part of the message) of each marked finding."""
        return [
            (file, number, mark[1], mark[2])
            for file, text in self.files
            for number, line in enumerate(text.splitlines(), 1)
            if (mark := _MARK.search(line))
        ]

    def findings(self, rules: Rules) -> list[Finding]:
        """What *rules* find in the example; raises RuntimeError when a rule fails."""
        sources = [
            Source(file, text.encode(), named=True, error=self.error) for file, text in self.files
        ]
        result = lint(sources, rules, self.settings)
        if result.faults:
            raise RuntimeError("; ".join(result.faults))
        return result.findings


def examples(rule: Rule) -> list[Example]:
    """The examples of a rule, in the order they are written."""
    return [Example(*parts) for parts in _FENCE.findall(rule.docs)]
