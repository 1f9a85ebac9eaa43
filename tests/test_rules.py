"""Every rule keeps the promises of its own documentation."""

from __future__ import annotations

import json
import re
from collections import Counter
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from hslint import Rule, registry
from hslint.contract import WARNING
from hslint.engine import lint
from hslint.examples import Example, examples, otherwise_wrong, undocumented, unlike_its_marks
from hslint.mend import mend
from hslint.registry import Rules
from hslint.source import Source

if TYPE_CHECKING:
    from hslint.finding import Finding

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


@pytest.mark.parametrize(("rule", "example"), [case for case in CASES if "-bad" in str(case.id)])
def test_fixes_mend_what_they_are_for(rule: Rule, example: Example) -> None:
    """After a fix its finding is gone, there is no new one, and nothing else was touched."""
    if example.error:
        return
    before = {file: text.encode() for file, text in example.files}
    found = _found(before, example)
    for finding in (f for f in found if f.rule == rule.name and f.fix is not None):
        repair = finding.fix
        assert repair is not None
        assert repair.edits, repair.why
        assert ("safe" if repair.safe else "unsafe") in rule.fixes

        after, made = mend([repair], before.__getitem__)
        assert made == [repair]
        left = _found(before | after, example)

        assert finding.message not in [f.message for f in left if f.rule == rule.name]
        assert not _bad(left) - _bad(found)
        for file, text in after.items():
            first = min(edit[1] for edit in repair.edits if edit[0] == file) - 1
            last = max(edit[3] for edit in repair.edits if edit[0] == file)
            lines, written = before[file].split(b"\n"), text.split(b"\n")
            assert written[:first] == lines[:first]
            assert written[len(written) - len(lines[last:]) :] == lines[last:]


@pytest.mark.parametrize(("rule", "example"), [case for case in CASES if "-bad" in str(case.id)])
def test_all_fixes_together_come_to_an_end(rule: Rule, example: Example) -> None:
    """As often as there is something to fix; and no rule has more to say afterwards."""
    files = {file: text.encode() for file, text in example.files}
    first = found = _found(files, example)
    passes = 0
    while repairs := [f.fix for f in found if f.fix is not None and f.fix.edits]:
        passes += 1
        assert passes < 5, rule.name
        files |= mend(repairs, files.__getitem__)[0]
        found = _found(files, example)
    assert not _bad(found) - _bad(first)


@pytest.mark.parametrize("rule", list(RULES), ids=list(RULES.by_name))
def test_fixes_are_told_where_there_are_some(rule: Rule) -> None:
    """Its examples show each sort of fix that a rule says it has."""
    bad = [example for example in examples(rule) if example.bad and not example.error]
    found = [f for example in bad for f in example.findings(RULES) if f.rule == rule.name]
    repairs = [f.fix for f in found if f.fix is not None]

    assert {"safe" if repair.safe else "unsafe" for repair in repairs} == {*rule.fixes}


def _bad(findings: list[Finding]) -> Counter[str]:
    return Counter(f.rule for f in findings if f.severity >= WARNING)


def _found(files: dict[str, bytes], example: Example) -> list[Finding]:
    sources = [Source(file, data, named=True) for file, data in files.items()]
    return lint(sources, RULES, example.settings).findings


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
    """A rule with its documentation and examples has at most 160 lines."""
    file = Path(rule.check.__code__.co_filename)

    assert len(file.read_text(encoding="utf-8").splitlines()) <= 160


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
