"""What an autoscaler scales."""

from __future__ import annotations

from hslint.manifest import type_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.node import Node

#: The kinds that set the number of a workload's replicas.
SCALERS = ("HorizontalPodAutoscaler", "ScaledObject.keda.sh")


class ScaleTarget:
    """The workload that an autoscaler names: ``type`` is its kind with a custom resource's group.

    A ScaledObject may leave kind and apiVersion out: it means a Deployment.
    """

    __slots__ = ("kind", "name", "node", "type")

    def __init__(self, node: Node) -> None:
        written = node.mapping
        kind, name, version = written.get("kind"), written.get("name"), written.get("apiVersion")
        self.node = node
        self.name = name if isinstance(name, str) else ""
        self.kind = kind if kind and isinstance(kind, str) else "Deployment"
        group = version.rpartition("/")[0] if isinstance(version, str) else ""
        self.type = type_of(self.kind, group)


def scale_target(scaler: Manifest) -> ScaleTarget:
    """What a HorizontalPodAutoscaler, VerticalPodAutoscaler or ScaledObject scales."""
    field = "targetRef" if scaler.type == "VerticalPodAutoscaler" else "scaleTargetRef"
    return ScaleTarget(scaler.spec[field])
