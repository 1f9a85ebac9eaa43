"""What the last run with the same request left: its result, and what each of its files held.

The result is recalled where nothing has changed, or nothing that another file can see, in files
that no finding is about; else the readings of the files that have not. One file remembers the
digests and the result, another the readings, which are much larger.
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
    from collections.abc import Collection, Mapping, Sequence
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
        #: Of a file whose reading is not the one remembered, but like it: the digest of that one.
        self._like: dict[str, bytes] = {}
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
                self.digests, self._like, self._results = remembered

    def result(self, sources: Sequence[Source], changed: Mapping[str, bytes]) -> Result | None:
        """The result of the earlier run, where it is that of this one; else None.

        *changed* are the packed readings of the files that have changed.
        """
        state, plain = self._results.get(self._given, (b"", ()))
        digests = _digests(sources)
        if state == _state(digests):
            return _result(plain)
        like, self._like = self._like, {}
        if state != _state(self.digests) or [*digests] != [*self.digests]:
            return None
        result = _result(plain)
        from hslint.reading import Reading  # a run that finds nothing changed needs none of it

        concerned = {file for finding in result.findings for file in finding.files}
        for file, packed in changed.items():
            digest = like.setdefault(file, self.digests[file])
            known, earlier = self._remembered.get(file, (b"", b""))
            if file in concerned or known != digest:
                return None
            if not Reading.of(packed).is_like(Reading.of(earlier)):
                return None
        self._like = like
        return result

    def reading(self, source: Source) -> bytes | None:
        """What *source* held, packed; None if that is not known of what it is now."""
        known, packed = self._remembered.get(source.file, (b"", None))
        return packed if known == source.digest else None

    @property
    def _remembered(self) -> Mapping[str, tuple[bytes, bytes]]:
        """What each file held, packed, by the digest of the file then."""
        if self._readings is None:
            found = load(f"{self._path}-read", self._key) if self.digests else None
            self._readings = found or {}
        return self._readings

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
        digests = _digests(sources)
        results = dict([*latest, (self._given, (_state(digests), _plain(result)))])
        if store(self._path, self._key, (digests, self._like, results)):
            trim(self._folder, "run-", _MOST)


def _digests(sources: Sequence[Source]) -> dict[str, bytes]:
    return {source.file: source.digest for source in sources}


def _state(digests: Mapping[str, bytes]) -> bytes:
    """A hash of all files, with their names."""
    names = "\0".join(digests).encode("utf-8", "surrogateescape")
    return digest(b"\0".join([names, *digests.values()]))


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
