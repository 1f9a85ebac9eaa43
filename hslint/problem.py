"""What a rule found, as plain data that can be remembered or sent, and back."""

from __future__ import annotations

from hslint.contract import SEVERITIES, Problem
from hslint.document import Spot
from hslint.fix import Fix
from hslint.node import ENTRY, KEY
from hslint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from hslint.document import Document
    from hslint.node import Node

    Plain: TypeAlias = tuple[Any, ...]


def plain(rule: str, problem: Problem) -> Plain:
    """A rule's name and its problem, all of it about one document, as plain data."""
    severity = problem.severity.name if problem.severity is not None else None
    related = tuple((_plain_place(at), sentence) for at, sentence in problem.related)
    fix = problem.fix and problem.fix.plain()
    return rule, problem.message, _plain_place(problem.at), related, problem.help, severity, fix


def of(told: Plain, document: Document) -> tuple[str, Problem]:
    """The rule's name and the problem of plain data, in its document."""
    rule, message, at, related, advice, severity, fix = told
    problem = Problem(
        _place(at, document),
        message,
        related=tuple((_place(place, document), sentence) for place, sentence in related),
        help=advice,
        severity=None if severity is None else SEVERITIES[severity],
        fix=fix and Fix.of(fix, document),
    )
    return rule, problem


def _plain_place(at: Node | Spot) -> Plain:
    if isinstance(at, Spot):
        return (at.span.as_tuple(),)
    return at.path, at.part


def _place(told: Plain, document: Document) -> Node | Spot:
    if len(told) == 1:
        return Spot(document, Span(*told[0]))
    node = document.root.at(told[0])
    if told[1] == KEY:
        return node.key
    return node.entry if told[1] == ENTRY else node
