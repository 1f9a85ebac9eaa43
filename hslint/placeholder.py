"""Text that something will replace before Kubernetes sees it: templates and variables."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Helm, Go and Jinja templates; shell, envsubst and Terraform; ERB; Flux and Tekton variables.
_MARKS = ("{{", "{%", "${", "$(", "<%")
#: A whole value between these is to be filled in by hand.
_FENCES = (("<", ">"), ("@", "@"), ("%", "%"), ("__", "__"), ("[[", "]]"))
#: A part of one word between these too: ``db-<region>``.
_INSIDE = (("<", ">"), ("((", "))"))


def has_placeholder(value: Any) -> bool:
    """Whether a string, or any string of a small mapping or list, is yet to be filled in."""
    if isinstance(value, str):
        if any(mark in value for mark in _MARKS) or value.startswith("$"):
            return True
        if "_" in value and value.isupper() and value.isidentifier():
            return True  # CLUSTER_NAME, as documentation has it
        if " " not in value and any(0 <= value.find(a) < value.find(b) for a, b in _INSIDE):
            return True
        return len(value) > 2 and any(
            value.startswith(left) and value.endswith(right) for left, right in _FENCES
        )
    if isinstance(value, dict):
        return any(has_placeholder(key) or has_placeholder(item) for key, item in value.items())
    return isinstance(value, list) and any(has_placeholder(item) for item in value)
