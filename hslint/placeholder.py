"""Text that something will replace before Kubernetes sees it: templates and variables."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

#: What a name or a number is made of, and no mark of those below.
_PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-./:"
#: Helm, Go and Jinja templates; shell, envsubst and Terraform; ERB; Flux and Tekton variables.
_MARKS = ("{{", "{%", "${", "$(", "<%")
#: A whole value between these is to be filled in by hand.
_FENCES = (("<", ">"), ("@", "@"), ("%", "%"), ("__", "__"), ("[[", "]]"))
#: A part of one word between these too: ``db-<region>``.
_INSIDE = (("<", ">"), ("((", "))"))


def has_placeholder(value: Any) -> bool:
    """Whether a string, or any string of a small mapping or list, is yet to be filled in."""
    if isinstance(value, str):
        # Nearly always a plain word: then no mark is looked for.
        return bool(value.strip(_PLAIN)) and _is_placeholder(value)
    many: Iterable[Any] = ()
    if isinstance(value, dict):
        many = (*value, *value.values())
    elif isinstance(value, list):
        many = value
    for item in many:
        if item.__class__ is str:
            if item.strip(_PLAIN) and _is_placeholder(item):
                return True
        elif has_placeholder(item):
            return True
    return False


def _is_placeholder(text: str) -> bool:
    if any(mark in text for mark in _MARKS) or text.startswith("$"):
        return True
    if "_" in text.strip("_") and text.isupper() and text.isidentifier():
        return True  # CLUSTER_NAME, as documentation has it
    if " " not in text and any(0 <= text.find(a) < text.find(b) for a, b in _INSIDE):
        return True
    return len(text) > 2 and any(
        text.startswith(left) and text.endswith(right) for left, right in _FENCES
    )
