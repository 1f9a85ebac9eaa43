"""The contract of a rule: what it is given, and what it may say."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

    from hslint.document import Spot
    from hslint.fix import Fix
    from hslint.node import Node

    Check: TypeAlias = Callable[..., Iterator["Problem"]]


class Severity:
    """How bad a finding is; ordered."""

    __slots__ = ("name", "rank")

    def __init__(self, name: str, rank: int) -> None:
        self.name = name
        self.rank = rank

    def __lt__(self, other: Severity) -> bool:
        return self.rank < other.rank

    def __ge__(self, other: Severity) -> bool:
        return self.rank >= other.rank

    def __repr__(self) -> str:
        return self.name


#: The API server rejects it, or it surely cannot work.
ERROR = Severity("error", 3)
#: It will surprise you.
WARNING = Severity("warning", 2)
#: Worth knowing; hidden unless asked for.
INFO = Severity("info", 1)

SEVERITIES = {severity.name: severity for severity in (ERROR, WARNING, INFO)}

#: What a check may ask for by the names of its parameters. It runs only where all of it is there:
#: ``fault`` where a document cannot be read, ``faults`` where an object does not fit its schema,
#: ``unserved``, the schemas, where this version of Kubernetes has no such kind itself.
#: Without ``world`` a rule sees the object as written: what it finds is kept with the file, so it
#: may not depend on others, nor on what kustomizations make of the object. Then ``manifest.build``
#: is None, and ``namespace`` and ``labels`` are those written.
SEEN = ("document", "fault", "manifest", "faults", "unserved", "world", "ignore")

#: What the fixes of a rule may be (see hslint.fix).
SAFE, UNSAFE = "safe", "unsafe"

#: In place of kinds: every kind that makes pods.
WORKLOADS = "workloads"


class Problem:
    """Said by a rule: this node is wrong; these other nodes, each with a sentence, show why.

    ``help`` is what to write instead, and ``fix`` writes it. ``severity`` may be lower than the
    rule's own where the rule is less sure; only ``--closed-world`` lets it be higher.
    """

    __slots__ = ("at", "fix", "help", "message", "related", "severity")

    def __init__(
        self,
        at: Node | Spot,
        message: str,
        *,
        related: tuple[tuple[Node | Spot, str], ...] = (),
        help: str = "",  # noqa: A002  what every linter calls it
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> None:
        self.at = at
        self.message = message
        self.related = related
        self.help = help
        self.severity = severity
        self.fix = fix


class RuleError(Exception):
    """A rule that cannot be used, or is not there; says which and why."""


class Rule:
    """A check with its name and group, which are its file's; its docstring is its documentation.

    ``sees`` are the names of the check's parameters: some of SEEN. ``fields``, if there are any,
    are names of which an object must hold at least one, wherever, to be worth a look. ``fixes`` are
    those of SAFE and UNSAFE that its problems may have. ``own`` marks a rule of the user's.
    """

    __slots__ = ("check", "fields", "fixes", "group", "kinds", "name", "own", "sees", "severity")

    def __init__(
        self,
        severity: Severity,
        kinds: tuple[str, ...],
        check: Check,
        fields: tuple[str, ...] = (),
        fixes: tuple[str, ...] = (),
    ) -> None:
        self.severity = severity
        self.kinds = kinds
        self.fields = fields
        self.fixes = fixes
        self.check = check
        code: Any = check.__code__
        self.sees: tuple[str, ...] = code.co_varnames[: code.co_argcount]
        self.name = ""
        self.group = ""
        self.own = False

    @property
    def docs(self) -> str:
        """The rule's documentation, Markdown."""
        from inspect import cleandoc  # slow to import, and only docs need it

        return cleandoc(self.check.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.docs.partition("\n")[0]


def rule(
    severity: Severity,
    *kinds: str,
    fields: tuple[str, ...] = (),
    fixes: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of the check below.

    *kinds* are the types of the manifests it is for: ``"Service"``, ``"Rollout.argoproj.io"``,
    WORKLOADS for all that make pods, or nothing for every kind. With *fields* it runs only on
    objects that have one of these names among their keys: most rules are about few objects.
    *fixes* tells whether its problems come with a fix, SAFE or UNSAFE.
    """
    return lambda check: Rule(severity, kinds, check, fields, fixes)
