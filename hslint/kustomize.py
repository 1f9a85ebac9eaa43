"""What a kustomization says of the files beside it: which are patches and no manifests."""

from __future__ import annotations

import posixpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hslint.document import Document
    from hslint.node import Node

FILE_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_GROUP = "kustomize.config.k8s.io"
#: Fields that list files which are no manifests of their own, by name or with a ``path``.
_FILES = (
    "patches",
    "patchesJson6902",
    "patchesStrategicMerge",
    "configurations",
    "transformers",
    "generators",
    "validators",
    "replacements",
    "openapi",
    "crds",
)


def is_kustomization(document: Document) -> bool:
    """Whether *document* is a kustomization, which never reaches the API server."""
    if document.file.endswith(FILE_NAMES) and posixpath.basename(document.file) in FILE_NAMES:
        return True
    value = document.value
    if not isinstance(value, dict) or value.get("kind") not in ("Kustomization", "Component"):
        return False
    return str(value.get("apiVersion")).startswith(_GROUP)


#: The fields that make objects, and their kinds.
_GENERATORS = {"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}


def generated(kustomizations: Iterable[Document]) -> set[tuple[str, str]]:
    """The (kind, name) of the objects that *kustomizations* generate.

    References to them are written without the hash that a build appends to the name.
    """
    return {
        (kind, entry["name"].string)
        for document in kustomizations
        for field, kind in _GENERATORS.items()
        for entry in document.root[field]
    }


def patch_files(kustomizations: Iterable[Document]) -> set[str]:
    """The files that *kustomizations* use as patches or settings."""
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(document.file), name))
        for document in kustomizations
        for name in _named(document.root)
    }


def _named(root: Node) -> Iterator[str]:
    for field in _FILES:
        listed = root[field]
        items = list(listed) if isinstance(listed.value, list) else [listed]
        for item in items:
            name = item.string or item["path"].string
            if name and "\n" not in name:  # a patch may also be written in place
                yield name
