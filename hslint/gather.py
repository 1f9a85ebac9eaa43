"""From the bytes of files to the objects to check, and what is left out of the check, with why."""

from __future__ import annotations

import posixpath

from hslint.builds import Builds
from hslint.document import Document, read
from hslint.kustomize import FILE_NAMES, generated, is_kustomization, patch_files
from hslint.manifest import manifests
from hslint.placeholder import has_placeholder
from hslint.yaml.fault import YamlFault
from hslint.yaml.split import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hslint.manifest import Manifest
    from hslint.source import Source

EMPTY = "empty"
NO_OBJECT = "no Kubernetes object"
TEMPLATE = "template; render it and check the result"
PATCH = "kustomize patch or setting"
KUSTOMIZATION = "kustomization"
BROKEN = "cannot be read, or not all of it"

#: A file with none of these is not worth parsing; NUL stands for UTF-16 and what is no text.
_WORDS = (b"kind", b"apiVersion", b"\0")


class Gathered:
    """What the files hold: documents, the objects in them, and what was left out."""

    __slots__ = ("commented", "documents", "files", "gaps", "generated", "manifests", "skipped")

    def __init__(self) -> None:
        self.files = 0
        self.documents: list[Document] = []
        self.manifests: list[Manifest] = []
        #: The text of the files that may hold comments for hslint.
        self.commented: dict[str, bytes] = {}
        #: (file, why) of what is not checked.
        self.skipped: list[tuple[str, str]] = []
        #: Files with something unreadable or unfinished, where a missing object may well be.
        self.gaps: set[str] = set()
        #: (kind, name) of the objects that kustomizations generate.
        self.generated: set[tuple[str, str]] = set()

    def skip(self, file: str, why: str) -> None:
        """Note that *file*, or a part of it, is not checked."""
        if (file, why) not in self.skipped[-1:]:
            self.skipped.append((file, why))


def gather(sources: Iterable[Source], minor: int, namespace: str | None = None) -> Gathered:
    """Read all *sources*; objects without a namespace take *namespace*."""
    gathered = Gathered()
    for source in sources:
        _read_source(source, gathered)
    builds = Builds(gathered.documents)
    gathered.gaps |= builds.gaps
    patches = patch_files(gathered.documents)
    gathered.generated = generated(gathered.documents)
    kept = []
    for document in gathered.documents:
        why = ""
        if is_kustomization(document):
            why = KUSTOMIZATION
        elif patches and posixpath.normpath(document.file) in patches:
            why = PATCH
        if why:
            gathered.skip(document.file, why)
            continue
        kept.append(document)
        for manifest in manifests(document, minor, namespace):
            manifest.build = builds.effect(manifest)
            if manifest.build is not None:
                manifest.namespace = manifest.build.namespace
            gathered.manifests.append(manifest)
    gathered.documents = kept
    gathered.gaps.update(m.file for m in gathered.manifests if _is_unfinished(m))
    return gathered


def _read_source(source: Source, gathered: Gathered) -> None:
    found = list(_documents(source))
    if not found and source.file.endswith(".json") and not source.named:
        return  # most JSON is no manifest, and nobody thinks it is
    gathered.files += 1
    if not found:
        gathered.skip(source.file, NO_OBJECT if source.data.strip() else EMPTY)
    for document in found:
        if document.fault is not None:
            from hslint.yaml.hint import has_template  # only what cannot be read may be a template

            gathered.gaps.add(source.file)
            if not source.named and has_template(document.source) and b"\0" not in source.data:
                gathered.skip(source.file, TEMPLATE)
                continue
            gathered.skip(source.file, BROKEN)
        gathered.documents.append(document)
    if found and b"hslint:" in source.data:
        gathered.commented[source.file] = normal(source.data)


def _documents(source: Source) -> Iterator[Document]:
    """The documents of a file that are, or may be, Kubernetes objects."""
    if source.error:
        fault = YamlFault(0, 0, "unreadable", source.error)
        yield Document(source.file, 0, b"", fault)
    elif any(word in source.data for word in _WORDS) or source.file.endswith(FILE_NAMES):
        for document in read(source.file, source.data):
            if document.fault is not None or _may_be_object(document):
                yield document


def _may_be_object(document: Document) -> bool:
    """Whether a document is, or was meant to be, a Kubernetes object."""
    value = document.value
    if is_kustomization(document):
        return True
    return isinstance(value, dict) and (
        ("kind" in value and ("apiVersion" in value or "metadata" in value))
        or ("apiVersion" in value and "metadata" in value)
    )


def _is_unfinished(manifest: Manifest) -> bool:
    """Whether what others refer to (name, namespace, labels) is yet to be filled in."""
    metadata = manifest["metadata"].mapping
    return has_placeholder([metadata.get(key) for key in ("name", "namespace", "labels")])
