"""Whether a CustomResourceDefinition's schema is one at all: a look at the form of its keywords.

The schemas of fields are looked at when they are compiled: most of them never are.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

TYPES: Final = frozenset(("array", "boolean", "integer", "null", "number", "object", "string"))


def flaw(schema: Any) -> str:
    """Return what is malformed in *schema*, as ``.items.type must be ...``; "" when nothing is."""
    if schema.__class__ is not dict:
        return " must be a schema"
    for keyword, value in schema.items():
        form = FORMS.get(keyword)
        if form is not None:
            found = form(value)
            if found:
                return f".{keyword}{found}"
    return ""


def _properties(value: Any) -> str:
    return "" if isinstance(value, dict) else " must be a mapping of schemas"


def _schemas(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return " must be a list of schemas"
    return next(filter(None, map(flaw, value)), "")


def _additional(value: Any) -> str:
    return "" if isinstance(value, bool) else flaw(value)


def _type(value: Any) -> str:
    if value.__class__ is str and value in TYPES:  # as nearly all are
        return ""
    names = value if isinstance(value, list) else [value]
    fits = names and all(isinstance(each, str) and each in TYPES for each in names)
    return "" if fits else " must be a type of JSON"


def _names(value: Any) -> str:
    fits = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if fits else " must be a list of names"


def _values(value: Any) -> str:
    return "" if isinstance(value, list) and value else " must be a list of values"


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else " must be text"


def _switch(value: Any) -> str:
    return "" if isinstance(value, bool) else " must be true or false"


def _number(value: Any) -> str:
    return "" if value.__class__ in (int, float) else " must be a number"


def _step(value: Any) -> str:
    return "" if value.__class__ in (int, float) and value > 0 else " must be a number above 0"


def _count(value: Any) -> str:
    return "" if value.__class__ is int and value >= 0 else " must be a whole number, 0 or more"


FORMS: Final[dict[str, Callable[[Any], str]]] = {
    "type": _type,
    "properties": _properties,
    "items": flaw,
    "additionalProperties": _additional,
    "required": _names,
    "enum": _values,
    "pattern": _text,
    "multipleOf": _step,
    "not": flaw,
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), _schemas),
    **dict.fromkeys(("minimum", "maximum"), _number),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _switch),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _count),
    **dict.fromkeys(("minProperties", "maxProperties"), _count),
}
