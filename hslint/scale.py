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

    __slots__ = ("kind", "node", "type")

    def __init__(self, node: Node, kind: str, api_version: str) -> None:
        self.node = node
        self.kind = kind
        self.type = type_of(kind, api_version.rpartition("/")[0])


def scale_target(scaler: Manifest) -> ScaleTarget:
    """What a HorizontalPodAutoscaler, VerticalPodAutoscaler or ScaledObject scales."""
    field = "targetRef" if scaler.type == "VerticalPodAutoscaler" else "scaleTargetRef"
    node = scaler.spec[field]
    return ScaleTarget(node, node["kind"].string or "Deployment", node["apiVersion"].string)
