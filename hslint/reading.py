"""One file read: what it holds, and what rules find that see no other file. Plain, to remember."""

from __future__ import annotations

from marshal import dumps, loads

from hslint import problem
from hslint.checks import check, seen_of
from hslint.document import Document, chunks_of, read
from hslint.kustomize import FILE_NAMES, is_kustomization
from hslint.manifest import ANNOTATION, OWNERS, manifests
from hslint.mentions import mentioned
from hslint.placeholder import has_placeholder
from hslint.schema import Schemas
from hslint.schema.crd import definition_group
from hslint.unseen import hide
from hslint.yaml.fault import YamlFault
from hslint.yaml.load import has_template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    from hslint.document import Kept
    from hslint.manifest import Head, Manifest
    from hslint.registry import Rules
    from hslint.settings import Settings
    from hslint.source import Source

    #: Who an object is, what rules found in it, how it does not fit Kubernetes' schema (None where
    #: there is none for its kind), which of its keys matter for what sees other objects too,
    #: whether what others refer to is yet to be filled in, what the host names in it may end in,
    #: and the group that it defines a kind of.
    Object: TypeAlias = tuple[
        Head, list[Any], list[Any] | None, tuple[str, ...], bool, tuple[str, ...] | None, str
    ]
    #: A document, what rules found in it, and its objects: None for a kustomization.
    Held: TypeAlias = tuple[Kept, list[Any], list[Object] | None]
    #: A run of a file's documents: what they hold (packed), why some of them are left out, and
    #: which rules failed.
    Part: TypeAlias = tuple[bytes, list[str], list[str]]

EMPTY = "empty"
NO_OBJECT = "no Kubernetes object"
TEMPLATE = "template; render it and check the result"
BROKEN = "cannot be read, or not all of it"

#: A file with none of these is not worth parsing; NUL stands for UTF-16 and what is no text.
_WORDS = (b"kind", b"apiVersion", b"\0")


class Reading:
    """What one file holds, as plain data.

    ``counts`` tells whether it is one of the files checked: most JSON is no manifest, and nobody
    thinks it is. ``skipped`` says why something in it is not checked, ``failures`` which rules
    failed. ``has_comments`` tells that comments in it may be for hslint.
    """

    __slots__ = ("_parts", "counts", "failures", "has_comments", "skipped")

    def __init__(
        self,
        parts: list[bytes],
        skipped: list[str],
        failures: list[str],
        *,
        counts: bool = True,
        has_comments: bool = False,
    ) -> None:
        self._parts = parts
        self.skipped = skipped
        self.failures = failures
        self.counts = counts
        self.has_comments = has_comments

    @property
    def documents(self) -> Iterator[Held]:
        """What each document holds."""
        for part in self._parts:
            yield from loads(part)  # noqa: S302  our own

    def packed(self) -> bytes:
        """The reading as bytes."""
        return dumps((self._parts, self.skipped, self.failures, self.counts, self.has_comments))

    @staticmethod
    def of(packed: bytes) -> Reading:
        """The reading of such bytes."""
        parts, skipped, failures, counts, has_comments = loads(packed)  # noqa: S302  likewise
        return Reading(parts, skipped, failures, counts=counts, has_comments=has_comments)

    def is_like(self, other: Reading) -> bool:
        """Whether no other file can see that they differ, and the same is said of both."""
        seen = self._seen()
        return seen is not None and seen == other._seen()

    def _seen(self) -> str | None:
        """What other files can see, and what is said of this one, as text; None if not known."""
        if self.has_comments or self.failures:
            return None
        seen: list[Any] = [self.skipped, self.counts]
        for (_, _, odd, fault, packed), said, objects in self.documents:
            value = packed and loads(packed)  # noqa: S302  likewise
            seen += odd, fault, value, said, objects
        return repr(seen)  # which tells 1 from true


class Reader:
    """Reads files, and runs those of the *rules* that see no other file."""

    def __init__(self, rules: Rules, settings: Settings) -> None:
        self._minor = settings.minor
        self._namespace = settings.namespace
        self._schemas = Schemas(settings.minor)
        self._rules = rules.alone
        self._of_documents = self._rules.seeing("document")
        self._fields = rules.across.fields | {ANNOTATION, OWNERS}
        self._hides = not any(rule.own for rule in rules.across)  # those may look at anything

    def read(self, source: Source) -> Reading:
        """What a file holds."""
        return self.whole(source, [self.part(source, 0, None)])

    def part(self, source: Source, start: int, stop: int | None) -> Part:
        """What a run of a file's documents holds."""
        held: list[Held] = []
        skipped: list[str] = []
        failures: list[str] = []
        chunks = chunks_of(source)[start:stop] if is_worth_it(source) else ()
        for number, chunk in enumerate(chunks, start):
            document = read(source, number, chunk)
            if self._is_worth_keeping(source, document, skipped):
                held.append(self._held(document, failures))
        if source.error:
            fault = YamlFault(0, 0, "unreadable", source.error)
            skipped.append(BROKEN)
            held.append(self._held(Document(source, 0, b"", fault=fault), failures))
        return dumps(held) if held else b"", skipped, failures

    def whole(self, source: Source, parts: Iterable[Part]) -> Reading:
        """What a file holds, by what its parts do."""
        held: list[bytes] = []
        skipped: list[str] = []
        failures: list[str] = []
        for packed, reasons, failed in parts:
            held += [packed] if packed else []
            skipped += reasons
            failures += failed
        nothing = not (held or skipped)
        if nothing:
            if source.file.endswith(".json") and not source.named:
                return Reading([], [], [], counts=False)
            skipped.append(NO_OBJECT if source.data.strip() else EMPTY)
        comments = not nothing and b"hslint:" in source.data
        return Reading(held, skipped, failures, has_comments=comments)

    @staticmethod
    def _is_worth_keeping(source: Source, document: Document, skipped: list[str]) -> bool:
        """Whether a document is, or was meant to be, an object; else why it is *skipped*."""
        if document.fault is None:
            return _may_be_object(document)
        is_text = b"\0" not in source.data
        is_template = not source.named and is_text and has_template(document.source)
        skipped.append(TEMPLATE if is_template else BROKEN)
        return not is_template

    def _held(self, document: Document, failures: list[str]) -> Held:
        if is_kustomization(document):
            return document.keep(), [], None
        found = check(self._of_documents, failures, document=document, fault=document.fault)
        said = [problem.plain(rule.name, each) for rule, each in found]
        inside = manifests(document, self._minor, self._namespace)
        objects = [self._object(manifest, failures) for manifest in inside]
        return document.keep(), said, objects

    def _object(self, manifest: Manifest, failures: list[str]) -> Object:
        faults = self._schemas.faults(manifest.root.value)
        manifest.schemas = self._schemas
        manifest.faults = faults or ()
        names = manifest.look()
        groups = self._rules.about(manifest.type, names)
        found = check(groups, failures, **seen_of(manifest, self._schemas))
        said = [problem.plain(rule.name, each) for rule, each in found]
        plain = None if faults is None else [fault.plain() for fault in faults]
        told = (
            manifest.head,
            said,
            plain,
            tuple(sorted(self._fields & names)),
            _is_unfinished(manifest),
            mentioned(manifest),
            definition_group(manifest.root.value),
        )
        if plain is not None and self._hides and manifest.head[0] is None:  # items share values
            hide(manifest)
        manifest.forget()  # pods and their owner know each other, and nothing looks for circles
        return told


def is_worth_it(source: Source) -> bool:
    """Whether a file can be read, and may hold Kubernetes objects."""
    return not source.error and (
        any(word in source.data for word in _WORDS) or source.file.endswith(FILE_NAMES)
    )


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
    get = manifest.metadata.get
    labels = get("labels")
    return (
        has_placeholder(get("name"))
        or has_placeholder(get("namespace"))
        or (bool(labels) and has_placeholder(labels))
    )
