"""Kustomize builds: which kustomizations use which files, and what they make of the objects there.

Nothing is built. What a build does to names, namespaces and labels is followed exactly; of patches
it is only known which fields they touch.
"""

from __future__ import annotations

import posixpath

from hslint.patches import patches_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hslint.document import Document
    from hslint.manifest import Manifest
    from hslint.node import Path

#: A base that more builds than this use is as good as used by anyone.
_MOST = 50
_DEEPEST = 20


class Kustomization:
    """One kustomization: the folder it stands in, what it uses and what it changes."""

    def __init__(self, document: Document, files: dict[str, list[Document]]) -> None:
        root = document.root
        self.folder = _folder(document.file)
        self.namespace = root["namespace"].string
        self.prefix = root["namePrefix"].string
        self.suffix = root["nameSuffix"].string
        self.uses = [
            posixpath.normpath(posixpath.join(self.folder, entry.string))
            for field in ("resources", "bases", "components")
            for entry in root[field]
            if entry.string
        ]
        #: Labels for every object; those that selectors get as well, and those of pod templates.
        self.labels = dict(root["commonLabels"].strings)
        self.selector_labels = dict(self.labels)
        self.template_labels = dict(self.labels)
        for entry in root["labels"]:
            pairs = entry["pairs"].strings
            self.labels |= pairs
            if entry["includeSelectors"].value is True:
                self.selector_labels |= pairs
                self.template_labels |= pairs
            elif entry["includeTemplates"].value is True:
                self.template_labels |= pairs
        self.replicas = {entry["name"].string for entry in root["replicas"]}
        self.patches = list(patches_of(document, files))


class Builds:
    """Every build of the files: a chain of kustomizations from the outermost one to a file.

    *files* are the documents by the normal path of their file, without ``.`` and ``..``.
    """

    def __init__(
        self, files: dict[str, list[Document]], kustomizations: Iterable[Document]
    ) -> None:
        self._files = files
        self._kustomizations: dict[str, Kustomization] = {}
        for document in kustomizations:
            self._kustomizations.setdefault(_folder(document.file), Kustomization(document, files))
        #: Kustomizations that use what is not among the files: something else may be made there.
        self.gaps: set[str] = set()
        self._chains: dict[str, list[tuple[Kustomization, ...]]] = {}
        used = {use for k in self._kustomizations.values() for use in k.uses}
        for folder, kustomization in self._kustomizations.items():
            if folder not in used:
                self._follow((kustomization,))

    def _follow(self, chain: tuple[Kustomization, ...]) -> None:
        for use in chain[-1].uses:
            inner = self._kustomizations.get(use)
            if inner is not None:
                if inner not in chain and len(chain) < _DEEPEST:
                    self._follow((*chain, inner))
            elif use in self._files:
                chains = self._chains.setdefault(use, [])
                if len(chains) < _MOST:
                    chains.append(chain)
            else:
                self.gaps.add(posixpath.join(chain[-1].folder, "kustomization.yaml"))

    def effect(self, manifest: Manifest, path: str) -> Effect | None:
        """What the builds that use the file at the normal *path* make of *manifest*, if any do."""
        chains = self._chains.get(path)
        return Effect(manifest, chains) if chains else None


#: The kinds that get a selector with the labels of a kustomization, if they have none
#: (sigs.k8s.io/kustomize api/internal/konfig/builtinpluginconsts: commonLabelFieldSpecs).
_GET_SELECTORS = (
    *("Service", "ReplicationController"),
    *("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"),
)


class Effect:
    """What builds make of one object.

    ``namespace`` is None where it differs between builds, or is not known. ``names`` are those that
    prefixes and suffixes give it beside the written one. ``labels`` are added to the object's own,
    ``template_labels`` to its pods. ``touched`` are the fields that patches change.
    """

    __slots__ = ("labels", "names", "namespace", "template_labels", "touched")

    def __init__(self, manifest: Manifest, chains: list[tuple[Kustomization, ...]]) -> None:
        spaces = {_first(k.namespace for k in chain) or manifest.namespace for chain in chains}
        self.namespace = spaces.pop() if len(spaces) == 1 else None
        self.names = {_name(manifest.name, chain) for chain in chains} - {manifest.name}
        self.labels: dict[str, str] = {}
        self.template_labels: dict[str, str] = {}
        self.touched: list[Path] = []
        for kustomization in dict.fromkeys(k for chain in chains for k in chain):
            self.labels |= kustomization.labels
            self.template_labels |= kustomization.template_labels
            if manifest.name in kustomization.replicas:
                self.touched.append(("spec", "replicas"))
            for patch in kustomization.patches:
                if patch.is_for(manifest):
                    self.touched += patch.touches(manifest)
            gets = kustomization.selector_labels and manifest.type in _GET_SELECTORS
            if gets and not manifest.spec["selector"]:
                self.touched.append(("spec", "selector"))

    def touches(self, path: Path) -> bool:
        """Whether a patch changes what is at *path*, above it or below it."""
        return any(touched[: len(path)] == path[: len(touched)] for touched in self.touched)


def _folder(file: str) -> str:
    return posixpath.normpath(posixpath.dirname(file) or ".")


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _name(name: str, chain: tuple[Kustomization, ...]) -> str:
    for kustomization in reversed(chain):
        name = f"{kustomization.prefix}{name}{kustomization.suffix}"
    return name
