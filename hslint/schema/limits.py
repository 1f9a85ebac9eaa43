"""What a schema says of single values: each keyword as a test, by the words of JSON schema.

A test says whether a value is allowed; values of classes that a keyword is not about always are.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sized
    from typing import Any, Final

    Schema = dict[str, Any]
    Test = Callable[[Any], bool]
    Limit = tuple[str, Any, Test]


def limits(schema: Schema) -> Iterator[Limit]:
    """Yield the keywords of a sound *schema* that limit values: name, what it says, test."""
    for keyword, make in MAKERS.items():
        if keyword in schema:
            wanted = schema[keyword]
            test = make(wanted, schema)
            if test is not None:
                yield keyword, wanted, test


def same(one: Any, two: Any) -> bool:
    """Whether two JSON values are equal; ``true`` is not 1."""
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(same(one[key], two[key]) for key in one)
    return bool(one == two) and isinstance(one, bool) == isinstance(two, bool)


def _enum(wanted: list[Any], _: Schema) -> Test:
    texts = frozenset(each for each in wanted if isinstance(each, str))
    others = [each for each in wanted if not isinstance(each, str)]
    return lambda value: (
        value in texts if isinstance(value, str) else any(same(value, each) for each in others)
    )


def _pattern(wanted: str, _: Schema) -> Test | None:
    """None for patterns in Go's notation that Python does not read: those are not checked."""
    import re  # few schemas have patterns

    try:
        found = re.compile(wanted).search
    except (re.error, RecursionError):
        return None
    is_ambiguous = _is_ambiguous(wanted)
    return lambda value: (
        not isinstance(value, str)
        or (is_ambiguous and _runs_wild(found, value))
        or found(value) is not None
    )


def _runs_wild(found: Callable[[str], object], text: str) -> bool:
    """Whether to look for the pattern would take very long: Kubernetes' RE2 takes linear time.

    Python's `re` may try all ways to divide a text, and each letter doubles their number: what it
    takes for beginnings of the text that cannot match tells before it is too late.
    """
    from time import thread_time

    for length in range(8, min(len(text), _FAR), 2):
        start = thread_time()
        found(text[:length] + "\0")
        if thread_time() - start > _LONG:
            return True
    return False


_LONG, _FAR = 0.02, 64  # seconds, letters


def _is_ambiguous(pattern: str) -> bool:
    """Whether a group repeats that repeats something, or has alternatives, itself."""
    import re

    text = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern, flags=re.DOTALL)
    while group := re.search(r"\((?:\?[:=!]|\?P?<\w+>)?([^()]*)\)", text):
        inner, rest = group[1], text[group.end() :]
        is_free = any(sign in inner for sign in "*+{|?")
        if is_free and rest[:1] in ("*", "+", "{"):
            return True
        text = f"{text[: group.start()]}{'x*' if is_free else 'x'}{rest}"
    return False


def _minimum(wanted: float, schema: Schema) -> Test:
    if schema.get("exclusiveMinimum") is True:
        return lambda value: not _is_number(value) or value > wanted
    return lambda value: not _is_number(value) or value >= wanted


def _maximum(wanted: float, schema: Schema) -> Test:
    if schema.get("exclusiveMaximum") is True:
        return lambda value: not _is_number(value) or value < wanted
    return lambda value: not _is_number(value) or value <= wanted


def _multiple(wanted: float, _: Schema) -> Test:
    if isinstance(wanted, float):
        return lambda value: not _is_number(value) or (value / wanted).is_integer()
    return lambda value: not _is_number(value) or not value % wanted


def _at_least(kind: type[Sized]) -> Callable[[Any, Schema], Test]:
    return lambda wanted, _: lambda value: not isinstance(value, kind) or len(value) >= wanted


def _at_most(kind: type[Sized]) -> Callable[[Any, Schema], Test]:
    return lambda wanted, _: lambda value: not isinstance(value, kind) or len(value) <= wanted


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# When several are broken, the first speaks.
MAKERS: Final[dict[str, Callable[[Any, Schema], Test | None]]] = {
    "enum": _enum,
    "pattern": _pattern,
    "minLength": _at_least(str),
    "maxLength": _at_most(str),
    "minItems": _at_least(list),
    "maxItems": _at_most(list),
    "minimum": _minimum,
    "maximum": _maximum,
    "multipleOf": _multiple,
    "minProperties": _at_least(dict),
    "maxProperties": _at_most(dict),
}
