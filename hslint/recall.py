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
    from collections.abc import Iterable, Sequence
    from typing import Any

    from hslint.source import Source

#: All that is kept for runs may take this many bytes; the least lately made goes first.
_MOST = 64_000_000


class Recall:
    """One run, by what is asked for; nothing is remembered without a *folder*.

    *asked* are the paths and options, in the current folder: a later run with the same takes the
    place of an earlier one. hslint itself, its rules and schemas are a part of what is asked.
    """

    def __init__(self, folder: str | None, asked: object) -> None:
        #: The digest of each file, by its name, as it was read.
        self.digests: dict[str, bytes] = {}
        self._result: tuple[Any, ...] | None = None
        self._readings: dict[str, tuple[bytes, bytes]] | None = None
        self._folder = folder
        if folder is not None:
            request = repr((os.getcwd(), asked)).encode("utf-8", "surrogateescape")
            self._path = os.path.join(folder, f"run-{digest(request).hex()}")
            self._key = stamp(HERE, f"{HOME}/rules", f"{HOME}/schemas") + request
            remembered = load(self._path, self._key)
            if remembered is not None:
                self.digests, self._result = remembered

    def result(self, sources: Iterable[Source]) -> Result | None:
        """The result of the earlier run; None unless it had just these files."""
        if self._result is None or self.digests != _digests(sources):
            return None
        return _result(self._result)

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

    def keep(self, result: Result, sources: Iterable[Source]) -> None:
        """Keep *result* for later runs, unless something of hslint's own failed."""
        if self._folder is None or result.faults:
            return
        if store(self._path, self._key, (_digests(sources), _plain(result))):
            trim(self._folder, "run-", _MOST)


def _digests(sources: Iterable[Source]) -> dict[str, bytes]:
    return {source.file: source.digest for source in sources}


def _plain(result: Result) -> tuple[object, ...]:
    return (
        result.level.name,
        [finding.plain() for finding in result.findings],
        result.counts,
        result.files,
        result.documents,
        result.skipped,
        result.without_schema,
    )


def _result(plain: Sequence[Any]) -> Result:
    level, findings, counts, files, documents, skipped, without_schema = plain
    result = Result(SEVERITIES[level])
    result.findings = [Finding.of(each) for each in findings]
    result.counts = counts
    result.files = files
    result.documents = documents
    result.skipped = skipped
    result.without_schema = without_schema
    return result
