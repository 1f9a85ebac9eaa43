"""What a suppression hides, and what is said of one that hides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hslint import WARNING, Manifest, Problem, registry, rule
from hslint.engine import lint
from hslint.registry import Rules
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.result import Result

ALL = registry.load()
ABOUT_IGNORES = ALL.select(["ignore"])


@rule(WARNING)
def finds_each_entry(manifest: Manifest) -> Iterator[Problem]:
    for key in manifest["data"].mapping:
        yield Problem(manifest["data"][key], "found")


finds_each_entry.name = "each-entry"


def check(text: str, *, file: str = "a.yaml") -> Result:
    """Lint a file with a rule that finds every entry of ``data``."""
    rules = Rules([finds_each_entry, *ABOUT_IGNORES])
    return lint([Source(file, text.encode())], rules, known=[*ALL.by_name, "each-entry"])


def found(text: str) -> list[int]:
    """The lines of the entries found in a file."""
    return [f.span.line for f in check(text).findings if f.rule == "each-entry"]


def said(text: str) -> list[tuple[int, str, str]]:
    """What is said about the suppressions of a file: line, rule, message."""
    return [
        (f.span.line, f.rule, f.message)
        for f in check(text).findings
        if f.rule in ABOUT_IGNORES.by_name
    ]


HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("  a: x\n  b: x\n", [6, 7], id="none"),
        pytest.param("  a: x  # hslint: ignore[each-entry]\n  b: x\n", [7], id="beside"),
        pytest.param("  # hslint: ignore[each-entry] why\n  a: x\n  b: x\n", [8], id="above"),
        pytest.param(
            "  # hslint: ignore[each-entry]\n\n  # more words\n  a: x\n  b: x\n",
            [10],
            id="far above",
        ),
        pytest.param("  a: x  # why # hslint: ignore[each-entry]\n", [], id="behind a comment"),
        pytest.param("  a: x  #hslint:ignore[ each-entry ]\n", [], id="spaces"),
        pytest.param("  a: x  # hslint: ignore[null-value, each-entry]\n", [], id="several names"),
        pytest.param("  a: x  # hslint: ignore[null-value]\n", [6], id="another name"),
        pytest.param("  a: x  # hslint: ignore\n", [6], id="no name"),
        pytest.param("  a: x\n  # hslint: ignore[each-entry]\n", [6], id="below"),
        pytest.param("  a: 'x # hslint: ignore[each-entry]'\n", [6], id="in quotes"),
        pytest.param("  a: x#hslint:ignore[each-entry]\n", [6], id="in a plain scalar"),
        pytest.param(
            "  a: |\n    # hslint: ignore[each-entry]\n    x\n  b: x\n", [6, 9], id="in a block"
        ),
        pytest.param(
            "  a: |  # hslint: ignore[each-entry]\n    x\n  b: x\n", [8], id="beside a block"
        ),
    ],
)
def test_a_comment_is_about_its_line_or_the_one_below(text: str, lines: list[int]) -> None:
    assert found(HEAD + text) == lines
    assert found((HEAD + text).replace("\n", "\r\n")) == lines


MARK = "# hslint: ignore[each-entry] all of it\n"
BODY = f"{HEAD}  a: x\n  b: x\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(MARK + BODY, [], id="first line"),
        pytest.param(f"\n# words\n\n{MARK}\n{BODY}", [], id="among other comments"),
        pytest.param(f"---\n{MARK}{BODY}", [], id="below the ---"),
        pytest.param(f"{MARK}---\n{BODY}", [], id="above the ---"),
        pytest.param(f"{MARK}---\n---\n{BODY}", [], id="above two"),
        pytest.param(f"{MARK}{BODY}---\n{BODY}", [15, 16], id="the first of two"),
        pytest.param(f"{BODY}---\n{MARK}{BODY}", [6, 7], id="the second of two"),
        pytest.param(f"{BODY}{MARK}---\n{BODY}", [6, 7], id="the second, above its ---"),
        pytest.param(f"{BODY}---\n{MARK}---\n{BODY}", [6, 7], id="the second, on its own"),
        pytest.param(f"{BODY}{MARK}", [6, 7], id="below everything"),
        pytest.param(f"a: 1\n---\n{MARK}{BODY}", [], id="after what is no object"),
    ],
)
def test_above_a_document_it_is_about_the_document(text: str, lines: list[int]) -> None:
    assert found(text) == lines
    assert found(text.replace("\n", "\r\n")) == lines


def test_an_annotation_is_about_its_object() -> None:
    annotated = BODY.replace(
        "  name: a\n", "  name: a\n  annotations: {hslint/ignore: 'each-entry'}\n"
    )

    assert found(annotated) == []
    assert found(f"{annotated}---\n{BODY}") == [15, 16]


def test_an_annotation_is_about_its_item_of_a_list() -> None:
    text = """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: a, annotations: {hslint/ignore: "null-value, each-entry"}}
  data: {a: x}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: b}
  data: {a: x}
"""
    assert found(text) == [11]


def test_a_suppression_that_is_used_is_not_spoken_of() -> None:
    assert said(f"{MARK}{BODY}") == []
    assert said(f"{HEAD}  a: x  # hslint: ignore[each-entry]\n") == []


def test_a_suppression_that_suppresses_nothing_is_found() -> None:
    message = "this suppresses nothing: no finding of `each-entry` is here"

    assert said(f"{HEAD}{MARK}") == []  # there is nothing it could be about
    assert said(f"{HEAD}  # hslint: ignore[each-entry]\n  a: x\n{MARK}immutable: true\n") == [
        (8, "unused-ignore", message)
    ]
    assert said(
        f"{HEAD}  a: 'x'\n".replace("name: a", "name: a  # hslint: ignore[each-entry]")
    ) == [(4, "unused-ignore", message)]


def test_a_rule_that_was_not_checked_may_have_its_suppressions() -> None:
    assert said(f"{HEAD}  a: x  # hslint: ignore[null-value]\n") == []


def test_a_suppression_that_names_no_rule_is_found() -> None:
    text = (
        f"{HEAD}  a: x  # hslint: ignore[each-entri, nothing-like-it]\n  b: x  # hslint: ignore\n"
    )
    result = check(text)

    assert [
        (f.span.line, f.span.column, f.message, f.help)
        for f in result.findings
        if f.rule == "unknown-ignore"
    ] == [
        (6, 9, "there is no rule `each-entri`, so this suppresses nothing", "write `each-entry`"),
        (
            6,
            9,
            "there is no rule `nothing-like-it`, so this suppresses nothing",
            "write one of those that `hslint rule` lists",
        ),
        (
            7,
            9,
            "this names no rule, so it suppresses nothing",
            "write `# hslint: ignore[rule-name] reason`",
        ),
    ]


def test_a_syntax_error_can_be_suppressed() -> None:
    text = "kind: a: b  # hslint: ignore[syntax-error] on purpose\n"
    rules = ALL.select(["syntax-error"])

    assert lint([Source("a.yaml", text.encode(), named=True)], rules).findings == []


def test_other_comments_for_hslint_are_no_suppressions() -> None:
    assert said(f"{HEAD}  a: x  # hslint: see the docs\n") == []
