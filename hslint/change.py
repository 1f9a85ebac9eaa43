"""What a fix means for the values of a document, whatever its text."""

from __future__ import annotations

import json
from copy import deepcopy

from hslint.fix import ADD, REMOVE, RENAME, SWAP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from hslint.fix import Operation


def changed(value: Any, operations: Iterable[Operation]) -> Any:
    """The value after some operations, each with a path in place of its node.

    Raises LookupError where there is not what an operation is about.
    """
    value = deepcopy(value)
    for operation in operations:
        _change(value, *operation)
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to Kubernetes: 1 is neither 1.0 nor true."""
    return _text(one) == _text(other)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _change(root: Any, action: str, path: tuple[str | int, ...], *told: Any) -> None:
    if action == ADD:
        mapping = _at(root, path)
        if not isinstance(mapping, dict) or told[0] in mapping:
            raise LookupError
        mapping[told[0]] = told[1]
        return
    holder, step = _at(root, path[:-1]), path[-1]
    value = _at(holder, (step,))
    if action == REMOVE:
        del holder[step]
    elif action == RENAME:
        if told[0] in holder:
            raise LookupError
        del holder[step]
        holder[told[0]] = value
    elif action == SWAP:
        start, old, new = told
        if not isinstance(value, str) or not value.startswith(old, start):
            raise LookupError
        holder[step] = value[:start] + new + value[start + len(old) :]
    else:
        holder[step] = told[0]


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        if not isinstance(value, dict if isinstance(step, str) else list):
            raise LookupError  # noqa: TRY004  as for a step that is not there
        value = value[step]
    return value
