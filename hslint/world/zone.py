"""How a host name stands to the cluster's zone: below it, relative to it, or elsewhere."""

from __future__ import annotations

from hslint.formats import MAX_LABEL, MAX_SUBDOMAIN

RELATIVE, FULL, ELSEWHERE, MALFORMED = "relative", "full", "elsewhere", "malformed"

#: The zone of Services of several clusters (KEP-1645): no misspelt `cluster.local`.
_CLUSTERSET = ["clusterset", "local"]


def split_name(host: str, zone: list[str]) -> tuple[str, list[str], str]:
    """The kind of the name, its labels left of ``svc`` in lower case, and what is malformed.

    *zone* are the labels of the cluster's domain.
    """
    labels = host.lower().split(".")
    below_zone = len(labels) > len(zone) and labels[-len(zone) :] == zone
    if "svc" not in labels[1:]:
        return (ELSEWHERE if below_zone else RELATIVE), labels, ""
    at = len(labels) - 1 - labels[::-1].index("svc")
    after = labels[at + 1 :]
    if after and not below_zone:
        fault = _zone_fault(after, zone)
        return (MALFORMED if fault else ELSEWHERE), labels[:at], fault
    if after != zone and after:
        return ELSEWHERE, labels[:at], ""
    fault = _label_fault(host)
    return (MALFORMED if fault else FULL), labels[:at], fault


def _zone_fault(after: list[str], zone: list[str]) -> str:
    """Why what follows ``svc`` is a misspelt zone of this cluster, or "" where it is another's."""
    written, right = ".".join(after), ".".join(zone)
    if after == _CLUSTERSET:
        return ""
    if after == zone[: len(after)]:
        return f"it ends after `{written}`, and the cluster's domain is `{right}`"
    if _is_slip(written, right):
        return f"`{written}` is not the cluster's domain `{right}`"
    return ""


def _is_slip(written: str, right: str) -> bool:
    """Whether one letter is wrong, missing, doubled or has changed places with the next."""
    if sorted(written) == sorted(right):
        return True
    short, long = sorted((written, right), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if long[at].isdigit():
        return False  # cluster2.local is another cluster
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def _label_fault(host: str) -> str:
    if ".." in host or host[0] == ".":
        return "it has two dots in a row, or one at its start"
    if "_" not in host and len(host) <= MAX_LABEL:
        return ""  # as nearly all
    labels = host.split(".")
    for index, label in enumerate(labels):
        if len(label) > MAX_LABEL:
            return f"`{label}` has {len(label)} characters, and DNS takes {MAX_LABEL} between dots"
        is_srv = label[0] == "_" and index < 2  # _PORT._PROTOCOL
        if "_" in label and not is_srv and not label.isupper():
            return f"`{label}` has a `_`, which no Service, namespace or host name can have"
    if len(host) > MAX_SUBDOMAIN:
        return f"it has {len(host)} characters, and DNS takes {MAX_SUBDOMAIN}"
    return ""


def is_address(label: str) -> bool:
    """Whether a host label is an address with dashes, which CoreDNS gives pods without a name."""
    parts = label.split("-")
    return len(parts) >= 4 and all(all(c in "0123456789abcdef" for c in part) for part in parts)
