"""What the files of a run hold together: the objects to check, and what is left out, with why."""

from __future__ import annotations

import posixpath

from hslint.builds import Builds
from hslint.controllers import KINDS
from hslint.document import recalled
from hslint.kustomize import generated, patch_files
from hslint.manifest import OWNERS, Manifest, type_of
from hslint.reading import BROKEN, TEMPLATE, Reading
from hslint.schema.fault import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hslint.document import Document
    from hslint.reading import Object
    from hslint.settings import Settings
    from hslint.source import Source

PATCH = "kustomize patch or setting"
KUSTOMIZATION = "kustomization"
MADE = "made by another object that is here"


class Gathered:
    """What the files hold: documents, the objects in them, and what was left out."""

    __slots__ = (
        "along",
        "commented",
        "definitions",
        "documents",
        "failures",
        "files",
        "gaps",
        "generated",
        "manifests",
        "skipped",
        "unpacked",
    )

    def __init__(self) -> None:
        #: How many of the files are given, and how many others there are.
        self.files = self.along = 0
        self.documents: list[Document] = []
        #: Those whose value is unpacked just now.
        self.unpacked: list[Document] = []
        self.manifests: list[Manifest] = []
        #: The CustomResourceDefinitions, by the group that they belong to.
        self.definitions: dict[str, list[Manifest]] = {}
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

    def add(self, document: Document, told: Object, settings: Settings) -> Manifest:
        """Take in an object by what is known of it."""
        head, said, faults, fields, is_unfinished, mentioned, group = told
        manifest = Manifest(document, head, settings.minor, settings.namespace)
        manifest.said = said
        manifest.fields = fields
        manifest.mentioned = mentioned
        if faults is not None:
            manifest.faults = [Fault(*fault) for fault in faults] if faults else ()
        if is_unfinished:
            self.gaps.add(document.file)
        if group:
            self.definitions.setdefault(group, []).append(manifest)
        self.manifests.append(manifest)
        return manifest


def gather(sources: Iterable[Source], readings: Iterable[bytes], settings: Settings) -> Gathered:
    """Put together the packed *readings* of *sources*."""
    gathered = Gathered()
    held: list[tuple[Document, str, Sequence[Object] | None]] = []
    files: dict[str, list[Document]] = {}
    for source, packed in zip(sources, readings, strict=True):
        path = posixpath.normpath(source.file)
        is_given = settings.is_given(source.file)
        for document, objects in _take(source, Reading.of(packed), gathered, is_given=is_given):
            held.append((document, path, objects))
            files.setdefault(path, []).append(document)
    kustomizations = [document for document, _, objects in held if objects is None]
    builds = Builds(files, kustomizations)
    gathered.gaps |= builds.gaps
    patches = patch_files(kustomizations)
    gathered.generated = generated(kustomizations)
    for document, path, objects in held:
        if objects is None:
            gathered.skip(document.file, KUSTOMIZATION)
        elif path in patches:
            gathered.skip(document.file, PATCH)
        else:
            gathered.documents.append(document)
            for told in objects:
                manifest = gathered.add(document, told, settings)
                manifest.build = builds.effect(manifest, path)
                if manifest.build is not None:
                    manifest.namespace = manifest.build.namespace
    _leave_out_made(gathered)
    return gathered


def _leave_out_made(gathered: Gathered) -> None:
    """Leave out the ReplicaSets, Jobs and Pods of workloads that are here: `kubectl get all`."""
    made = [m for m in gathered.manifests if OWNERS in m.fields and m.type in KINDS]
    if not made:
        return
    known = {(m.type, m.name, m.namespace) for m in gathered.manifests}
    made = [m for m in made if not known.isdisjoint(_controllers(m))]
    for manifest in made:
        gathered.skip(manifest.file, MADE)
    out = {id(manifest) for manifest in made}
    gathered.manifests = [m for m in gathered.manifests if id(m) not in out]


def _controllers(manifest: Manifest) -> Iterator[tuple[str, str, str | None]]:
    """The type, name and namespace of what made an object and minds it."""
    for reference in manifest["metadata"][OWNERS]:
        if reference["controller"].value is True:
            group = reference["apiVersion"].string.rpartition("/")[0]
            kind = type_of(reference["kind"].string, group)
            yield kind, reference["name"].string, manifest.namespace


def _take(
    source: Source, reading: Reading, gathered: Gathered, *, is_given: bool
) -> Iterable[tuple[Document, Sequence[Object] | None]]:
    """Take in what one file holds; yield its documents, each with what is known of its objects."""
    if is_given:
        gathered.files += reading.counts
    else:
        gathered.along += reading.counts
    gathered.failures += reading.failures
    for why in reading.skipped:
        gathered.skip(source.file, why)
        if why in (BROKEN, TEMPLATE):
            gathered.gaps.add(source.file)
    if reading.has_comments:
        gathered.commented.append(source)
    for kept, said, objects in reading.documents:
        document = recalled(source, kept, gathered.unpacked)
        document.said = said
        yield document, objects
