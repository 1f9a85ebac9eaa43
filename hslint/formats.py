"""The formats of names in Kubernetes: each function says why a name breaks its format, or "".

A reason goes on after a name in a message: "`a_b` is no DNS label: " + "it contains `_`, …".
Source: k8s.io/apimachinery/pkg/util/validation (1.25 to 1.36); lengths count bytes, as there.
"""

from __future__ import annotations

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LOWER = frozenset(_LETTERS + "0123456789")
_ANY = _LOWER | frozenset(_LETTERS.upper())

MAX_LABEL = 63
MAX_SUBDOMAIN = 253
MAX_PORT_NAME = 15


def dns_label(name: str) -> str:
    """Why *name* is no DNS-1123 label: pods' host names, Service port names, namespaces."""
    return _too_long(name, MAX_LABEL) or _label(name)


def dns_1035_label(name: str) -> str:
    """Why *name* is no DNS-1035 label: Service names up to 1.35 (they begin with a letter)."""
    reason = dns_label(name)
    if not reason and name[0] not in _LETTERS:
        return "it must start with a letter"
    return reason


def dns_subdomain(name: str) -> str:
    """Why *name* is no DNS-1123 subdomain: most object names. Its labels have no own limit."""
    reason = _too_long(name, MAX_SUBDOMAIN)
    for label in name.split("."):
        if reason:
            break
        if label:
            reason = _label(label)
        else:
            reason = "it has a dot at its start or end, or two in a row" if name else "it is empty"
    return reason


def port_name(name: str) -> str:
    """Why *name* is no port name (IANA_SVC_NAME): container ports, targetPort, probe ports."""
    if reason := _too_long(name, MAX_PORT_NAME):
        return reason
    if reason := _only(name, _LOWER | {"-"}, "lower-case letters, digits and `-`"):
        return reason
    if not any(char in _LETTERS for char in name):
        return "it must have at least one letter"
    if "--" in name:
        return "it must not have two hyphens in a row"
    return _ends(name, _LOWER, "a letter or digit")


def label_key(key: str) -> str:
    """Why *key* is no label key: a name of up to 63 characters, or ``prefix/name``."""
    prefix, slash, name = key.rpartition("/")
    if "/" in prefix:
        return "it has more than one `/`"
    if slash and not prefix:
        return "its part before `/` is empty"
    if prefix and (reason := dns_subdomain(prefix)):
        return f"its prefix `{prefix}` is no DNS name: {reason}"
    return _qualified(name)


def label_value(value: str) -> str:
    """Why *value* is no label value: empty, or up to 63 letters, digits, ``-``, ``_`` and ``.``."""
    return _qualified(value) if value else ""


def _qualified(name: str) -> str:
    return (
        _too_long(name, MAX_LABEL)
        or _only(name, _ANY | {"-", "_", "."}, "letters, digits, `-`, `_` and `.`")
        or _ends(name, _ANY, "a letter or digit")
    )


def _label(name: str) -> str:
    allowed = "lower-case letters, digits and `-`"
    return _only(name, _LOWER | {"-"}, allowed) or _ends(name, _LOWER, "a letter or digit")


def _too_long(name: str, limit: int) -> str:
    length = len(name.encode("utf-8", "surrogatepass"))
    return f"it has {length} characters, and at most {limit} are allowed" if length > limit else ""


def _only(name: str, allowed: frozenset[str], words: str) -> str:
    if not name:
        return "it is empty"
    for char in name:
        if char not in allowed:
            shown = f"`{char}`" if char.isprintable() and char != " " else f"{char!r}"
            return f"it contains {shown}, and only {words} are allowed"
    return ""


def _ends(name: str, allowed: frozenset[str], words: str) -> str:
    if name[0] not in allowed:
        return f"it must start with {words}, not `{name[0]}`"
    return "" if name[-1] in allowed else f"it must end with {words}, not `{name[-1]}`"
