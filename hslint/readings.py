"""The files of a run read: in several processes where it is much, and only what is not known."""

from __future__ import annotations

from hslint.workers import each as share
from hslint.workers import runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hslint.reading import Reader
    from hslint.recall import Recall
    from hslint.source import Source

#: Files that one process takes at once.
_BATCH = 40
#: A larger file is cut between documents, and its parts are shared, in runs of so many bytes.
_LARGE, _RUN = 4_000_000, 200_000


class Readings:
    """What each of the *sources* holds, in their order.

    What *recall* has of an earlier run is not read again; *reader* gives the Reader of whatever is
    left, and is not asked where nothing is.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        reader: Callable[[], Reader],
        recall: Recall | None,
        processes: int,
    ) -> None:
        self.sources = sources
        self._reader = reader
        self._recall = recall
        self._known = recall.digests if recall else {}
        self._processes = processes
        self._read: dict[int, bytes] = {}
        self._look()

    @property
    def unchanged(self) -> bool:
        """Whether every file was known."""
        return not self._read

    @property
    def changed(self) -> dict[str, bytes]:
        """The readings of the files that were not known, by file."""
        return {self.sources[number].file: read for number, read in self._read.items()}

    def packed(self) -> Iterator[bytes]:
        """Each reading as bytes."""
        for number, source in enumerate(self.sources):
            read = self._read.get(number)
            if read is None and self._recall is not None:
                read = self._recall.reading(source)
            if read is None:
                read = self._read[number] = self._read_one(source)
            yield read

    def remember(self) -> None:
        """Keep every reading for later runs, but for those in which a rule failed."""
        if self._recall is None or self.unchanged:
            return
        from hslint.reading import Reading

        held = {}
        for source, packed in zip(self.sources, self.packed(), strict=True):
            if not Reading.of(packed).failures:
                held[source.file] = source.digest, packed
        self._recall.keep_readings(held)

    def _look(self) -> None:
        """Read what is not known, and note every file's digest."""
        if any(source.file not in self._known for source in self.sources):
            self._reader()  # once, and not in every process
        batches = runs([1] * len(self.sources), _BATCH)
        told = [
            each
            for part in share(self._read_batch, batches, self._processes, "reading files")
            for each in part
        ]
        for number, (digest, read) in enumerate(told):
            source = self.sources[number]
            source.digest = digest
            if read is not None:
                self._read[number] = read or self._read_large(source)

    def _read_batch(self, batch: range) -> list[tuple[bytes, bytes | None]]:
        """Each file's digest and its reading: None where it is known, b"" where it is large."""
        found: list[tuple[bytes, bytes | None]] = []
        for source in self.sources[batch.start : batch.stop]:
            read = None
            if self._known.get(source.file) != source.digest:
                read = self._read_one(source) if len(source.data) < _LARGE else b""
            source.release()
            found.append((source.digest, read))
        return found

    def _read_one(self, source: Source) -> bytes:
        return self._reader().read(source).packed()

    def _read_large(self, source: Source) -> bytes:
        """The reading of a file whose parts several processes read."""
        from hslint.document import chunks_of  # only what is not known is cut
        from hslint.reading import is_worth_it

        reader = self._reader()
        cut = runs([len(c.text) for c in chunks_of(source)], _RUN) if is_worth_it(source) else ()
        parts = share(lambda r: reader.part(source, r.start, r.stop), cut, self._processes)
        packed = reader.whole(source, parts).packed()
        source.release()
        return packed
