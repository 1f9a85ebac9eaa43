"""Every rule keeps the promises of its own documentation."""

from __future__ import annotations

import json
import re
from copy import copy
from pathlib import Path
from typing import cast

import pytest

from hslint import Rule, registry
from hslint.engine import lint
from hslint.examples import Example, examples, otherwise_wrong, undocumented, unlike_its_marks
from hslint.registry import Rules
from hslint.source import Source

RULES = registry.load()
CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{'bad' if example.bad else 'good'}{number}")
    for rule in RULES
    for number, example in enumerate(examples(rule), 1)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_findings_are_the_marked_ones(rule: Rule, example: Example) -> None:
    """A bad example gives the marked findings and no other; a good one gives none."""
    assert list(unlike_its_marks(rule, example, RULES)) == []


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_examples_are_otherwise_right(rule: Rule, example: Example) -> None:
    """A good example is clean for all rules; a bad one is well-formed but for its marked lines."""
    assert list(otherwise_wrong(example, RULES)) == [], rule.name


def test_the_fields_a_rule_waits_for_hide_nothing() -> None:
    """Whatever the examples of all rules hold, no rule would find more by looking everywhere."""
    everywhere = Rules(copy(rule) for rule in RULES)
    for rule in everywhere:
        rule.fields = ()
    for case in CASES:
        example = cast("Example", case.values[1])
        found, more = ({f.order() for f in example.findings(r)} for r in (RULES, everywhere))
        assert found == more


def test_kustomizations_are_nothing_to_rules_that_do_not_see_the_world() -> None:
    """What such a rule finds in an object can be kept with the object's own file."""
    own = Rules(rule for rule in RULES if "world" not in rule.sees and "ignore" not in rule.sees)
    for case in CASES:
        example = cast("Example", case.values[1])
        files = [Source(file, text.encode(), error=example.error) for file, text in example.files]
        build = "namespace: other\nnamePrefix: my-\ncommonLabels: {app: other, tier: other}\n"
        listed = [file for file, _ in example.files]
        built = Source("kustomization.yaml", f"{build}resources: {json.dumps(listed)}\n".encode())

        alone, used = (
            [(f.rule, f.span, f.message, f.help) for f in result.findings]
            for result in (
                lint(files, own, example.settings),
                lint([*files, built], own, example.settings),
            )
        )
        assert alone == used


@pytest.mark.parametrize("rule", list(RULES), ids=list(RULES.by_name))
def test_documented(rule: Rule) -> None:
    """A rule has a one-sentence summary, a reason, and an example of each sort."""
    assert list(undocumented(rule)) == []
    assert "TODO" not in rule.docs


@pytest.mark.parametrize("rule", list(RULES), ids=list(RULES.by_name))
def test_fits_a_screen_or_two(rule: Rule) -> None:
    """A rule with its documentation and examples has at most 150 lines."""
    file = Path(rule.check.__code__.co_filename)

    assert len(file.read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize(("rule", "example"), [case for case in CASES if "-bad" in str(case.id)])
def test_speaks_with_the_voice_of_the_others(rule: Rule, example: Example) -> None:
    """What is wrong, then what will happen, in a sentence or two; and always what to do."""
    for finding in example.findings(RULES if "ignore" in rule.sees else Rules([rule])):
        message, advice = finding.message, finding.help
        plain = re.sub("`[^`]*`", "", message)  # names may hold anything

        assert len(message) <= 200, message
        assert plain.count(": ") <= 1, message
        assert not message.endswith("."), message
        assert "refuses" not in plain, "the API server and kubectl reject"
        assert advice, message
        assert not advice.endswith((".", "?")), advice
        assert advice.split()[0] not in ("a", "an", "it", "the", "there", "this"), advice
