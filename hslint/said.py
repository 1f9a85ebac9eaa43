"""What a rule said of an object, while the objects are still at hand."""

from __future__ import annotations

from hslint.finding import Finding, place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.contract import Problem, Severity
    from hslint.fix import Fix
    from hslint.manifest import Manifest
    from hslint.repair import Repair
    from hslint.span import Span
    from hslint.world import World


class Said:
    """A problem, the rule that found it, how bad it is, and the object it is about.

    Where it stands is worked out only when asked: for a finding that is shown, or may be ignored.
    """

    __slots__ = ("_span", "owner", "problem", "rule", "severity")

    def __init__(
        self, rule: str, severity: Severity, owner: Manifest | None, problem: Problem
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.owner = owner
        self.problem = problem
        self._span: Span | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        if self._span is None:
            self._span = self.problem.at.span
        return self._span

    def finding(self, world: World, repair: Repair | None) -> Finding:
        """The finding to report; *repair* is what its ``fix`` writes."""
        problem = self.problem
        related = tuple(
            place_of(at, world.owner_of(at), sentence) for at, sentence in problem.related
        )
        place = place_of(problem.at, self.owner)
        return Finding(
            self.rule, self.severity, problem.message, place, related, problem.help, repair
        )

    @property
    def fix(self) -> Fix | None:
        """The fix, if it is worth making: what is written may not be what is meant in a build."""
        fix = self.problem.fix
        return None if fix is None or (self._is_renamed and not fix.safe) else fix

    @property
    def _is_renamed(self) -> bool:
        """Whether kustomizations give other names or labels than those that are written."""
        build = self.owner.build if self.owner is not None else None
        return build is not None and bool(build.names or build.template_labels)
