"""From the bytes of files to the objects to check, and what is left out of the check, with why."""

from __future__ import annotations

import posixpath
from itertools import islice

from hslint.builds import Builds
from hslint.document import Document, documents, outcome
from hslint.kustomize import FILE_NAMES, generated, is_kustomization, patch_files
from hslint.manifest import manifests
from hslint.placeholder import has_placeholder
from hslint.workers import each, shares
from hslint.yaml.fault import YamlFault
from hslint.yaml.split import normal, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hslint.document import Outcome
    from hslint.manifest import Manifest
    from hslint.source import Source
    from hslint.yaml.split import Chunk

EMPTY = "empty"
NO_OBJECT = "no Kubernetes object"
TEMPLATE = "template; render it and check the result"
PATCH = "kustomize patch or setting"
KUSTOMIZATION = "kustomization"
BROKEN = "cannot be read, or not all of it"

#: A file with none of these is not worth parsing; NUL stands for UTF-16 and what is no text.
_WORDS = (b"kind", b"apiVersion", b"\0")
#: Bytes of YAML that are worth another process.
_MUCH = 500_000


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


def gather(
    sources: Iterable[Source], minor: int, namespace: str | None = None, jobs: int = 1
) -> Gathered:
    """Read all *sources*; objects without a namespace take *namespace*.

    At most *jobs* processes read at once.
    """
    gathered = Gathered()
    cut = [(source, _chunks(source)) for source in sources]
    outcomes = _outcomes([chunk for _, chunks in cut for chunk in chunks], jobs)
    for source, chunks in cut:
        _read_source(source, chunks, outcomes, gathered)
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


def _chunks(source: Source) -> list[Chunk]:
    """The chunks of a file that may hold Kubernetes objects."""
    if any(word in source.data for word in _WORDS) or source.file.endswith(FILE_NAMES):
        return split(source.data)
    return []


def _outcomes(chunks: list[Chunk], jobs: int) -> Iterator[Outcome]:
    """What loading *chunks* gives, in order; worked out in several processes if it is much."""
    sizes = [len(chunk.text) for chunk in chunks]
    if jobs == 1 or sum(sizes) < _MUCH:
        return map(outcome, chunks)
    parts = each(lambda part: [outcome(c) for c in part], shares(chunks, sizes, jobs))
    return (told for part in parts for told in part)


def _read_source(
    source: Source, chunks: list[Chunk], outcomes: Iterator[Outcome], gathered: Gathered
) -> None:
    if source.error:
        fault = YamlFault(0, 0, "unreadable", source.error)
        found = [Document(source.file, 0, b"", fault)]
    else:
        own = islice(outcomes, len(chunks))
        read = documents(source.file, chunks, own)
        found = [d for d in read if d.fault is not None or _may_be_object(d)]
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
