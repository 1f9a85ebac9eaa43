"""What the files of a run hold together: the objects to check, and what is left out, with why."""

from __future__ import annotations

import posixpath

from hslint.builds import Builds
from hslint.document import loaded
from hslint.kustomize import generated, is_kustomization, patch_files
from hslint.manifest import manifests
from hslint.placeholder import has_placeholder
from hslint.reading import BROKEN, TEMPLATE, Reading
from hslint.schema.fault import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hslint.document import Document
    from hslint.manifest import Manifest
    from hslint.reading import Object
    from hslint.settings import Settings
    from hslint.source import Source

PATCH = "kustomize patch or setting"
KUSTOMIZATION = "kustomization"


class Gathered:
    """What the files hold: documents, the objects in them, and what was left out."""

    __slots__ = (
        "commented",
        "documents",
        "failures",
        "files",
        "gaps",
        "generated",
        "manifests",
        "skipped",
    )

    def __init__(self) -> None:
        self.files = 0
        self.documents: list[Document] = []
        self.manifests: list[Manifest] = []
        #: The files that may hold comments for hslint.
        self.commented: list[Source] = []
        #: (file, why) of what is not checked.
        self.skipped: list[tuple[str, str]] = []
        #: Files with something unreadable or unfinished, where a missing object may well be.
        self.gaps: set[str] = set()
        #: (kind, name) of the objects that kustomizations generate.
        self.generated: set[tuple[str, str]] = set()
        #: Which rules failed while the files were read.
        self.failures: list[str] = []

    def skip(self, file: str, why: str) -> None:
        """Note that *file*, or a part of it, is not checked."""
        if (file, why) not in self.skipped[-1:]:
            self.skipped.append((file, why))


def gather(sources: Iterable[Source], readings: Iterable[bytes], settings: Settings) -> Gathered:
    """Put together the packed *readings* of *sources*."""
    gathered = Gathered()
    held: list[tuple[Document, str, Sequence[Object]]] = []
    files: dict[str, list[Document]] = {}
    for source, packed in zip(sources, readings, strict=True):
        path = posixpath.normpath(source.file)
        for document, objects in _take(source, Reading.of(packed), gathered):
            held.append((document, path, objects))
            files.setdefault(path, []).append(document)
    kustomizations = [document for document, _, _ in held if is_kustomization(document)]
    builds = Builds(files)
    gathered.gaps |= builds.gaps
    patches = patch_files(kustomizations)
    gathered.generated = generated(kustomizations)
    no_manifests = set(map(id, kustomizations))
    for document, path, objects in held:
        if id(document) in no_manifests:
            gathered.skip(document.file, KUSTOMIZATION)
        elif path in patches:
            gathered.skip(document.file, PATCH)
        else:
            gathered.documents.append(document)
            for manifest in _manifests(document, objects, settings):
                manifest.build = builds.effect(manifest, path)
                if manifest.build is not None:
                    manifest.namespace = manifest.build.namespace
                gathered.manifests.append(manifest)
    gathered.gaps.update(m.file for m in gathered.manifests if _is_unfinished(m))
    return gathered


def _take(
    source: Source, reading: Reading, gathered: Gathered
) -> Iterable[tuple[Document, Sequence[Object]]]:
    """Take in what one file holds; yield its documents, each with what is known of its objects."""
    gathered.files += reading.counts
    gathered.failures += reading.failures
    for why in reading.skipped:
        gathered.skip(source.file, why)
        if why in (BROKEN, TEMPLATE):
            gathered.gaps.add(source.file)
    if reading.has_comments:
        gathered.commented.append(source)
    for number, line, outcome, said, objects in reading.documents:
        document = loaded(source, number, line, outcome)
        document.said = said
        yield document, objects


def _manifests(
    document: Document, objects: Sequence[Object], settings: Settings
) -> Iterator[Manifest]:
    """Yield the objects of a document, with what is known of each."""
    found = manifests(document, settings.minor, settings.namespace)
    for manifest, (said, faults, fields) in zip(found, objects, strict=True):
        manifest.said = said
        manifest.fields = fields
        if faults is not None:
            manifest.faults = [Fault(*fault) for fault in faults] if faults else ()
        yield manifest


def _is_unfinished(manifest: Manifest) -> bool:
    """Whether what others refer to (name, namespace, labels) is yet to be filled in."""
    get = manifest.metadata.get
    return has_placeholder([get("name"), get("namespace"), get("labels")])
