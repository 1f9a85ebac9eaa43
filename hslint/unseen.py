"""What no rule asks of an object once its file is read: an edit of it concerns no other file."""

from __future__ import annotations

from hslint.workload import pods_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.manifest import Manifest


def hide(manifest: Manifest) -> None:
    """Take out of the value of an object what most edits are about: images, and resources.

    So no rule of hslint's can come to rely on them. That there is an image can still be seen: a
    container without one is a patch.
    """
    for pods in pods_of(manifest):
        for container, _, _ in pods.plain_containers:
            container.pop("resources", None)
            if container.get("image"):
                container["image"] = "hidden"
