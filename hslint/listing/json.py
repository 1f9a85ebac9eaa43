"""Names for programs; docs/dns.md describes it."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from hslint.listing.words import is_service

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from hslint.lookup import Lookup
    from hslint.names import Name, Target

#: Raised when a field goes away or changes its meaning; a new field raises nothing.
VERSION = 1


def render(names: Sequence[Name], domain: str) -> str:
    """All names as one JSON object, in ASCII."""
    listed = [_name(name) for name in names]
    return dumps({"version": VERSION, "domain": domain, "names": listed}, indent=2) + "\n"


def render_lookup(lookup: Lookup) -> str:
    """One look-up as a JSON object, in ASCII."""
    told = {
        "version": VERSION,
        "name": lookup.name,
        "from": lookup.namespace,
        "resolved": lookup.resolved,
        "tried": lookup.tried,
        "names": [_name(name) for name in lookup.found],
        "why": lookup.why or None,
    }
    return dumps(told, indent=2) + "\n"


def _name(name: Name) -> dict[str, Any]:
    return {
        "name": name.name,
        "type": name.type,
        "namespace": name.namespace,
        "service": name.service,
        "answers": [_target(target) for target in name.targets],
        "why": (name.why or None) if not name.targets else None,
    }


def _target(target: Target) -> dict[str, Any]:
    owner = target.owner
    return {
        "address": target.address or None,
        "host": target.host or None,
        "port": target.port,
        "pod": target.pod or None,
        "pods": None if is_service(target) or target.address else target.count,
        "when_ready": target.ready,
        "object": {
            "apiVersion": owner.api_version,
            "kind": owner.kind,
            "namespace": owner.namespace,
            "name": owner.name,
        },
        "file": owner.file,
        "note": target.note or None,
    }
