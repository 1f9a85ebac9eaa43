"""Names as a zone file (RFC 1035, section 5), with the SOA and NS records that CoreDNS gives.

What is not known is a comment and no record: addresses are the cluster's to choose, and a made-up
one would be taken for a true one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hslint.listing.words import meaning, value
from hslint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hslint.names import Name, Target

#: What needs no quotes in a zone file: host names, numbers and addresses.
_LABEL = "[A-Za-z0-9_-]{1,63}"
_PLAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?|[0-9a-f]*:[0-9a-f:.]*")
#: Seconds; kubeadm's Corefile says so.
_TTL = 30
#: As CoreDNS gives it (plugin/kubernetes).
_SOA = "SOA ns.dns hostmaster 1 7200 1800 86400 5"


def render(names: Sequence[Name], domain: str) -> str:
    """The names below *domain* as a zone file."""
    head = [
        f"$ORIGIN {domain}.",
        f"$TTL {_TTL}",
        f"@ IN {_SOA}",
        "@ IN NS ns.dns",
        "; Lines that begin with a semicolon are names whose answer the cluster chooses.",
    ]
    lines = [line for name in names for line in _lines(name, domain)]
    return "".join(f"{line}\n" for line in head + list(dict.fromkeys(lines)))


def _lines(name: Name, domain: str) -> Iterator[str]:
    label = name.name.removesuffix(f".{domain}")
    if not name.targets:
        yield f"; {visible(label)} has no {name.type}: {visible(name.why)}"
    for target in name.targets:
        data = _data(name, target)
        is_known = data and all(map(_PLAIN.fullmatch, (label, *data.split())))
        record = f"{label} IN {name.type} {data or value(name, target)}"
        comment = visible(meaning(target))
        yield f"{record} ; {comment}" if is_known else f"; {visible(record)} ; {comment}"


def _data(name: Name, target: Target) -> str:
    """What the record holds; "" where that is not known.

    CoreDNS shares the weight of SRV records out (plugin/backend_lookup.go: SRV).
    """
    if name.type == "SRV":
        weight = max(1, 100 // len(name.targets))
        return "" if target.port is None else f"0 {weight} {target.port} {target.host}."
    if name.type == "CNAME":
        return f"{target.host}."
    return target.address
