"""What a name leads to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hslint.names import Name, Target

#: What stands for addresses that the cluster chooses.
VIRTUAL_IP, POD_IP = "<virtual-ip>", "<pod-ip>"


def value(name: Name, target: Target) -> str:
    """What the record holds, as far as it is known."""
    if name.type == "SRV":
        return f"{'?' if target.port is None else target.port} {target.host}"
    if target.host:
        return target.host
    return target.address or (VIRTUAL_IP if is_service(target) else POD_IP)


def is_service(target: Target) -> bool:
    """Whether a name leads to a Service itself, and not to what is behind it."""
    return target.owner.type == "Service"


def meaning(target: Target) -> str:
    """The object that a record leads to, and when."""
    words = [f"{_which(target)}{target.owner.kind} {target.owner.name}"]
    if target.ready:
        words.append("when ready")
    if target.note:
        words.append(target.note)
    return ", ".join(words)


def _which(target: Target) -> str:
    if is_service(target) or target.address:
        return ""
    if target.pod:
        return "" if target.owner.kind == "Pod" else f"pod {target.pod} of "
    if target.count is None:
        return "each pod of "
    return "the pod of " if target.count == 1 else f"each of {target.count} pods of "
