"""A scalar as text that kubectl, and any other reader of YAML, reads as that value."""

from __future__ import annotations

import json
import re

from hslint.yaml.scalars import native

#: What needs no quotes, in brackets or not: it is no sign of YAML's, nor like a number or a date.
_PLAIN = re.compile(r"[A-Za-z_/][\w./@+-]*(:[\w./@+-]+)*", re.ASCII)


def written(value: object, quote: str = "") -> str:
    """The text of a string, a number or a boolean; a string in this *quote* (`"`, `'`) or none.

    A string that without quotes would be something else is put into double quotes, which JSON has
    too.
    """
    if not isinstance(value, str):
        return json.dumps(value)
    if quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if not quote and _PLAIN.fullmatch(value) and native(value) == value:
        return value
    return json.dumps(value, ensure_ascii=not value.isprintable())
