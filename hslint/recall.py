"""What the last run with the same request left: its result, and what each of its files held.

The result is recalled where nothing at all has changed, else the readings of the files that have
not. One file remembers the digests and the result, another the readings, which are much larger.
"""

from __future__ import annotations

import os

from hslint.cachedir import digest, load, stamp, store, trim
from hslint.contract import SEVERITIES
from hslint.finding import Finding
from hslint.home import HERE, HOME
from hslint.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from hslint.source import Source

#: All that is kept for runs may take this many bytes; the least lately made goes first.
_MOST = 64_000_000
#: Of so many choices of files from one project the results are remembered.
_RESULTS = 20


class Recall:
    """One run, by what is asked for; nothing is remembered without a *folder*.

    *asked* are the paths and options, in the current folder: a later run with the same takes the
    place of an earlier one. hslint itself, its rules and schemas are a part of what is asked. Runs
    about some files of a project, those that are *given*, share what they read.
    """

    def __init__(
        self, folder: str | None, asked: object, given: Collection[str] | None = None
    ) -> None:
        #: The digest of each file, by its name, as it was read.
        self.digests: dict[str, bytes] = {}
        self._given = b"" if given is None else repr(sorted(given)).encode()
        #: For files that were given: the state of all files then, and the result.
        self._results: dict[bytes, tuple[bytes, tuple[Any, ...]]] = {}
        self._readings: dict[str, tuple[bytes, bytes]] | None = None
        self._folder = folder
        if folder is not None:
            request = repr((os.getcwd(), asked)).encode("utf-8", "surrogateescape")
            self._path = os.path.join(folder, f"run-{digest(request).hex()}")
            self._key = stamp(HERE, f"{HOME}/rules", f"{HOME}/schemas") + request
            remembered = load(self._path, self._key)
            if remembered is not None:
                self.digests, self._results = remembered

    def result(self, sources: Sequence[Source]) -> Result | None:
        """The result of the earlier run; None unless it had just these files."""
        state, plain = self._results.get(self._given, (b"", ()))
        return _result(plain) if state and state == _state(sources) else None

    def reading(self, source: Source) -> bytes | None:
        """What *source* held, packed; None if that is not known of what it is now."""
        if self._readings is None:
            found = load(f"{self._path}-read", self._key) if self.digests else None
            self._readings = found or {}
        known, packed = self._readings.get(source.file, (b"", None))
        return packed if known == source.digest else None

    def keep_readings(self, held: dict[str, tuple[bytes, bytes]]) -> None:
        """Keep the digest and the packed reading of each file for later runs."""
        if self._folder is not None:
            store(f"{self._path}-read", self._key, held)

    def keep(self, result: Result, sources: Sequence[Source]) -> None:
        """Keep *result* for later runs, unless something of hslint's own failed."""
        if self._folder is None or result.faults:
            return
        self._results.pop(self._given, None)
        latest = [*self._results.items()][1 - _RESULTS :]
        results = dict([*latest, (self._given, (_state(sources), _plain(result)))])
        if store(self._path, self._key, (_digests(sources), results)):
            trim(self._folder, "run-", _MOST)


def _digests(sources: Iterable[Source]) -> dict[str, bytes]:
    return {source.file: source.digest for source in sources}


def _state(sources: Sequence[Source]) -> bytes:
    """A hash of all files, with their names."""
    names = "\0".join([source.file for source in sources]).encode("utf-8", "surrogateescape")
    return digest(b"\0".join([names, *[source.digest for source in sources]]))


def _plain(result: Result) -> tuple[object, ...]:
    return (
        result.level.name,
        [finding.plain() for finding in result.findings],
        result.counts,
        result.files,
        result.along,
        result.documents,
        result.skipped,
        result.without_schema,
    )


def _result(plain: Sequence[Any]) -> Result:
    level, findings, counts, files, along, documents, skipped, without_schema = plain
    result = Result(SEVERITIES[level])
    result.findings = [Finding.of(each) for each in findings]
    result.counts = counts
    result.files = files
    result.along = along
    result.documents = documents
    result.skipped = skipped
    result.without_schema = without_schema
    return result
