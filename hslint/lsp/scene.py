"""The files of one world as they are at one time: what is found in them, and who meets whom."""

from __future__ import annotations

import posixpath

from hslint.contract import INFO
from hslint.engine import Judge
from hslint.gather import gather
from hslint.lsp.links import Links
from hslint.result import Result
from hslint.world.nearness import distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from hslint.document import Document
    from hslint.engine import Judgement
    from hslint.finding import Finding
    from hslint.lsp.terms import Terms
    from hslint.manifest import Manifest
    from hslint.settings import Settings
    from hslint.source import Source
    from hslint.world import World

    #: What is found in each of some files.
    Found: TypeAlias = dict[str, list[Finding]]

#: Documents judged in one step.
_STEP = 50


class Scene:
    """The objects of *sources*, whose readings are *packed*, all of them together.

    *settings* are those of the *terms*, and tell which files findings are about.
    """

    def __init__(
        self, sources: Sequence[Source], packed: Iterable[bytes], terms: Terms, settings: Settings
    ) -> None:
        gathered = gather(sources, packed, settings)
        self._judge = Judge(gathered, terms.rules, settings, terms.known, INFO)
        self._files = [source.file for source in sources]
        self._manifests = gathered.manifests
        self._of_file: dict[str, list[int]] = {}
        self._documents: dict[str, list[Document]] = {}
        for number, document in enumerate(gathered.documents):
            self._of_file.setdefault(document.file, []).append(number)
            self._documents.setdefault(document.file, []).append(document)
        self._found: Found = {}
        self._is_judged = False
        self.links = Links(self.world, gathered.manifests)
        #: Rules that failed: faults of hslint's own.
        self.faults: Sequence[str] = ()

    def __del__(self) -> None:
        """Let go of the world at once: it knows itself, and there is a new one for each key."""
        if hasattr(self, "_judge"):
            vars(self.world).clear()

    @property
    def world(self) -> World:
        """The objects."""
        return self._judge.world

    def document(self, file: str, line: int) -> Document | None:
        """The document that holds a line (from 0) of *file*, if it may hold objects."""
        found = [each for each in self._documents.get(file, ()) if each.line <= line]
        return found[-1] if found else None

    def nearest(self, file: str) -> list[Manifest]:
        """All objects, those that are written nearest to *file* first."""
        return sorted(self._manifests, key=lambda manifest: distance(file, manifest.file))

    def is_readable(self, file: str) -> bool:
        """Whether all documents of *file* can be read."""
        return all(document.fault is None for document in self._documents.get(file, ()))

    def found(self, file: str) -> list[Finding]:
        """What is found in one file."""
        if file not in self._found:
            self._found.update(self._by_file([file], list(self._judged([file]))))
        return self._found[file]

    def judge(self, first: Collection[str], then: Collection[str] = ()) -> Iterator[Found | None]:
        """Judge step by step, so that whoever asks can stop at any.

        Yields what is found in the files *first*, and after that in those called *then* or beside
        them: what an edit changes is mostly there. In the end yields what is found in all, and None
        in the steps between. What is found in a file is said of its own documents.
        """
        if not self._is_judged:
            here, near, far = self._in_turn(first, then)
            told: list[Judgement] = []
            for files in (here, near):
                judged: list[Judgement] = []
                for judgement in self._judged(files):
                    judged.append(judgement)
                    yield None
                told += judged
                if files:
                    found = self._by_file(files, judged)
                    self._found.update(found)
                    yield found
            for judgement in self._judged(far):
                told.append(judgement)
                yield None
            self._found = self._by_file(self._files, told)
            self._is_judged = True
        yield self._found

    def _in_turn(
        self, first: Collection[str], then: Collection[str]
    ) -> tuple[list[str], list[str], list[str]]:
        """The files *first*, those called *then* or beside them, and the others."""
        folders = {posixpath.dirname(file) for file in first}
        here: list[str] = []
        near: list[str] = []
        far: list[str] = []
        for file in self._files:
            is_near = file in then or posixpath.dirname(file) in folders
            (here if file in first else near if is_near else far).append(file)
        return here, near, far

    def _judged(self, files: Iterable[str]) -> Iterator[Judgement]:
        """The judgements of the documents of some files, of a run of them at a time."""
        run = range(0)
        for number in sorted(n for file in files for n in self._of_file.get(file, ())):
            if number == run.stop and len(run) < _STEP:
                run = range(run.start, number + 1)
            else:
                if run:
                    yield self._judge.judge(run)
                run = range(number, number + 1)
        if run:
            yield self._judge.judge(run)

    def _by_file(self, files: Iterable[str], told: Iterable[Judgement]) -> Found:
        """What is found in each of some files."""
        result = Result(INFO)
        self._judge.take(told, result)
        self.faults = result.faults or self.faults
        found: Found = {file: [] for file in files}
        for finding in sorted(result.findings, key=lambda each: each.order()):
            if finding.span.file in found:
                found[finding.span.file].append(finding)
        return found
