"""The examples in a rule's documentation: manifests, and the findings they must give.

What a rule promises by them is checked here, for the rules of hslint's own and anybody's alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hslint.contract import WARNING
from hslint.engine import lint
from hslint.registry import Rules
from hslint.settings import Settings
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.contract import Rule
    from hslint.finding import Finding

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


def broken_promises(rule: Rule, rules: Rules) -> Iterator[str]:
    """Where a rule is not what its documentation says; *rules* are all there are, it among them."""
    try:
        yield from undocumented(rule)
        for number, example in enumerate(examples(rule), 1):
            found = [*unlike_its_marks(rule, example, rules), *otherwise_wrong(example, rules)]
            yield from (f"example {number}: {what}" for what in found)
    except (ValueError, RuntimeError) as error:  # an option that is not there, a rule that fails
        yield str(error)


def undocumented(rule: Rule) -> Iterator[str]:
    """What a rule's documentation lacks: a summary, a reason, an example of each sort."""
    if not rule.summary.endswith("."):
        yield "its documentation does not begin with a sentence"
    if len(rule.docs.split("```")[0].split("\n\n")) < 2:
        yield "its documentation does not say what breaks, and what to do"
    bad = {example.bad for example in examples(rule)}
    for kind, is_bad in (("bad", True), ("good", False)):
        if is_bad not in bad:
            yield f"it has no `yaml {kind}` example"


def unlike_its_marks(rule: Rule, example: Example, rules: Rules) -> Iterator[str]:
    """Where the findings of *rule* in its example are not the marked ones."""
    ran = rules if "ignore" in rule.sees else Rules([rule])  # others must find what is suppressed
    found = [finding for finding in example.findings(ran) if finding.rule == rule.name]
    wanted = example.expected
    for finding in found:
        span, severity = finding.span, finding.severity.name
        place = span.file, span.line, severity
        mark = next((w for w in wanted if w[:3] == place and w[3] in finding.message), None)
        if mark is None:
            yield f"{span.file}:{span.line}: {severity} without a mark: {finding.message}"
        else:
            wanted.remove(mark)
    for file, line, severity, text in wanted:
        yield f"{file}:{line}: no {severity} with the marked text: {text}"
    if not found and example.bad:
        yield "a bad example without a finding"


def otherwise_wrong(example: Example, rules: Rules) -> Iterator[str]:
    """What else is wrong: a good example is clean, a bad one well-formed but for what is marked."""
    marked = {(file, line) for file, line, _, _ in example.expected}
    for finding in example.findings(rules):
        if example.bad and rules.by_name[finding.rule].group not in ("yaml", "schema"):
            continue
        span = finding.span
        if finding.severity >= WARNING and (span.file, span.line) not in marked:
            yield f"{span.file}:{span.line}: {finding.rule}: {finding.message}"
