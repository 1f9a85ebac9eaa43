"""The result of an earlier run, found again where nothing that went into it has changed."""

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
    """One run, by what is asked for and by what is there.

    *asked* are the paths and options: the result of a later run with the same takes the place of an
    earlier one's. What is there are the bytes of *sources*, and hslint itself with its rules and
    schemas; one difference, and nothing is recalled.
    """

    def __init__(self, folder: str, asked: object, sources: Iterable[Source]) -> None:
        request = repr((os.getcwd(), asked))
        self._path = os.path.join(folder, f"run-{digest(request.encode()).hex()}")
        there = [stamp(HERE, f"{HOME}/rules", f"{HOME}/schemas"), request.encode()]
        for source in sources:
            told = repr((source.file, source.named, source.error))
            there += (told.encode("utf-8", "surrogateescape"), digest(source.data))
        self._key = b"\0".join(there)

    def result(self) -> Result | None:
        """The result of the earlier run; None where there is none."""
        plain = load(self._path, self._key)
        return None if plain is None else _result(plain)

    def keep(self, result: Result) -> None:
        """Keep *result* for later runs, unless something of hslint's own failed in it."""
        if not result.faults and store(self._path, self._key, _plain(result)):
            trim(os.path.dirname(self._path), "run-", _MOST)


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
