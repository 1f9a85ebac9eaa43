"""The files of one world as they are at one time: what is found in them, and who meets whom."""

from __future__ import annotations

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
        self._number = len(gathered.documents)
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
            self._found.update(self._judged([file]))
        return self._found[file]

    def judge(self, first: Collection[str]) -> Iterator[Found | None]:
        """Judge step by step, so that whoever asks can stop at any.

        Yields what is found in the files *first*, in the end what is found in all, and None in the
        steps between.
        """
        if self._is_judged:
            yield self._found
            return
        here = [file for file in self._files if file in first]
        if here:
            self._found.update(self._judged(here))
            yield {file: self._found[file] for file in here}
        told = []
        for start in range(0, self._number, _STEP):
            told.append(self._judge.judge(range(start, min(start + _STEP, self._number))))
            yield None
        result = Result(INFO)
        self._judge.take(told, result)
        self.faults = result.faults
        self._found = self._by_file(self._files, result)
        self._is_judged = True
        yield self._found

    def _judged(self, files: Iterable[str]) -> Found:
        numbers = [number for file in files for number in self._of_file.get(file, ())]
        result = Result(INFO)
        self._judge.take([self._judge.judge(range(n, n + 1)) for n in numbers], result)
        return self._by_file(files, result)

    @staticmethod
    def _by_file(files: Iterable[str], result: Result) -> Found:
        found: Found = {file: [] for file in files}
        for finding in sorted(result.findings, key=lambda each: each.order()):
            if finding.span.file in found:
                found[finding.span.file].append(finding)
        return found
