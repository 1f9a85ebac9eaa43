"""Plain values by the way that leads to them: nodes are made only of what is reported."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hslint.node import Path

#: A step of a way: every item of a list.
ALL = "*"


def plain_at(value: Any, *way: str) -> list[tuple[Path, Any]]:
    """What is written where *way* leads to from a value, each with its path from there.

    ``plain_at(spec, "rules", ALL, "host")`` are the hosts of all rules, with ``("rules", 0,
    "host")`` and so on; ``Node.at`` makes a node of such a path.
    """
    found: list[tuple[Path, Any]] = [((), value)]
    for step in way:
        if not found:
            break
        if step == ALL:
            lists = [(path, many) for path, many in found if many.__class__ is list]
            found = [((*path, i), item) for path, many in lists for i, item in enumerate(many)]
        else:
            found = [
                ((*path, step), many[step])
                for path, many in found
                if many.__class__ is dict and step in many
            ]
    return found


def plain_items(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The mappings in a list, each with its index; nothing for any other value."""
    if value.__class__ is not list:
        return []
    return [(index, item) for index, item in enumerate(value) if item.__class__ is dict]
