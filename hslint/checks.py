"""Runs rules on what they see."""

from __future__ import annotations

from hslint.document import Spot
from hslint.node import KEY
from hslint.placeholder import has_placeholder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hslint.contract import Problem, Rule
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.registry import Group
    from hslint.schema import Schemas

#: Fields for which words in capitals are ordinary: `DB_PASSWORD` is a key of a Secret.
_CAPITALS = ("key", "subPath")


def check(
    groups: Iterable[Group], failures: list[str], **given: object
) -> Iterator[tuple[Rule, Problem]]:
    """Yield what rules find, each run where all that it sees is there.

    Why a rule failed is added to *failures*: it must not hide what others find. A value that is
    yet to be filled in is no problem.
    """
    for names, rules in groups:
        seen = [given.get(name) for name in names]
        if not all(seen):
            continue
        for rule in rules:
            try:
                for problem in rule.check(*seen):
                    if not _is_unfinished(problem.at):
                        yield rule, problem
            except (Exception, SystemExit) as error:  # noqa: BLE001  the others go on
                failures.append(f"rule {rule.name} failed on {seen[0]!r}: {error!r}")


def seen_of(manifest: Manifest, schemas: Schemas) -> dict[str, object]:
    """What rules may see of an object alone."""
    served = schemas.serves(manifest.api_version, manifest.kind)
    return {
        "manifest": manifest,
        "faults": manifest.faults,
        "unserved": None if served else schemas,
    }


def _is_unfinished(at: Node | Spot) -> bool:
    """Whether the very value complained about is yet to be filled in: a template's, a script's."""
    if isinstance(at, Spot) or at.part == KEY:
        return False
    value = at.value
    if isinstance(value, str) and at.path[-1] in _CAPITALS and value.isidentifier():
        return False
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        return False
    if isinstance(value, dict) and not all(isinstance(item, str) for item in value.values()):
        return False
    return has_placeholder(value)
