"""Checks that fix what they find: again and again, until there is nothing left to fix."""

from __future__ import annotations

import sys
from difflib import unified_diff
from io import StringIO
from typing import TYPE_CHECKING

from hslint.checking import check
from hslint.contract import RuleError
from hslint.files import STDIN, STDIN_NAME, PathError, shown
from hslint.mend import mend
from hslint.report.summary import fixes as told
from hslint.run import CLEAN, FOUND, fail, report, status, tell_failure
from hslint.source import Source, SourceError
from hslint.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hslint.options import Options
    from hslint.repair import Repair

#: A fix can lay bare what another one is about; but not without end.
_PASSES = 20


class Fixes:
    """What fixes make of the files at some paths; nothing is written.

    ``result`` is that of the last look, ``texts`` are the files that differ from before, and
    ``count`` is the number of fixes that were made.
    """

    def __init__(self, paths: Sequence[str], options: Options, *, unsafe: bool) -> None:
        self._given = options.settings.is_given
        self._unsafe = unsafe
        self._before: dict[str, bytes] = {}
        self.texts: dict[str, bytes] = {}
        self.count = 0
        seen: dict[frozenset[tuple[str, bytes]], int] = {}
        why = "more in the file would change"
        self.result = check(paths, options)
        for _ in range(_PASSES):
            state = frozenset((f, t) for f, t in self.texts.items() if t != self._before[f])
            if state in seen:  # nothing came of what was fixed since
                self.count, why = seen[state], "another fix would undo it"
                break
            seen[state] = self.count
            if not self._mend():
                break
            self.result = check(paths, options, self._sources())
        for repair in self._wanted():
            repair.edits, repair.why = (), why
        self.texts = {f: t for f, t in self.texts.items() if t != self._before[f]}
        self.result.fixed = self.count, len(self.texts)

    def _mend(self) -> bool:
        """Make the fixes of what was found; tells whether there were any."""
        sources = {source.file: source for source in self.result.sources}
        after, made = mend(self._wanted(), lambda file: sources[file].data)
        for file in after:
            self._before.setdefault(file, sources[file].data)
        self.texts |= after
        self.count += len(made)
        return bool(made)

    def _sources(self) -> list[Source]:
        """The files as fixes have made them so far."""
        texts = self.texts
        return [
            Source(s.file, texts[s.file], named=s.named) if s.file in texts else s
            for s in self.result.sources
        ]

    def _wanted(self) -> list[Repair]:
        repairs = [f.fix for f in self.result.findings if f.fix is not None and f.fix.edits]
        return [
            repair
            for repair in repairs
            if (repair.safe or self._unsafe) and all(self._given(edit[0]) for edit in repair.edits)
        ]

    def diffs(self) -> Iterator[str]:
        """What would be written, as a unified diff."""
        for file in sorted(self.texts):
            old, new = (
                list(StringIO(data.decode(errors="replace")))  # a line ends at \n, and nowhere else
                for data in (self._before[file], self.texts[file])
            )
            for line in unified_diff(old, new, file, file):
                yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"

    def write(self) -> None:
        """Write the files; raises PathError for one that cannot be, SourceError if it changed."""
        write(self.texts, self._before)


def run(paths: Sequence[str], options: Options, *, unsafe: bool, diff: bool) -> int:
    """Fix the files at *paths*, or show how; report what is left, and return the exit status."""
    try:
        fixes = Fixes(paths, options, unsafe=unsafe)
        if diff:
            return _show(fixes, options)
        if STDIN in paths and (shown(options.stdin) or STDIN_NAME) in fixes.texts:
            return fail("standard input cannot be written; see `--diff`")
        fixes.write()
        return report(fixes.result, options)
    except (PathError, RuleError, SourceError) as error:
        return fail(str(error))


def _show(fixes: Fixes, options: Options) -> int:
    """Show what would be written; a run that would write fails as one with findings does."""
    sys.stdout.write("".join(fixes.diffs()))
    sys.stderr.writelines(f"{line}\n" for line in told(fixes.result, "Would fix"))
    tell_failure(fixes.result)
    return max(FOUND if fixes.texts else CLEAN, status(fixes.result, options))
