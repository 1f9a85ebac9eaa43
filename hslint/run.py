"""One check: paths in, report out, exit status back."""

from __future__ import annotations

import sys

from hslint.cachedir import folder as cache_folder
from hslint.contract import SEVERITIES, WARNING, RuleError
from hslint.files import PathError, find
from hslint.readings import Readings
from hslint.recall import Recall
from hslint.report import REPORTS
from hslint.report.paint import Paint
from hslint.report.summary import not_checked, summary
from hslint.settings import Settings
from hslint.source import SourceError
from hslint.workers import workers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from hslint.contract import Severity
    from hslint.reading import Reader
    from hslint.registry import Rules
    from hslint.result import Result
    from hslint.source import Source

CLEAN, FOUND, FAILED = 0, 1, 2


class Options:
    """What the command line can change, as it is when nothing is said.

    ``fail_on`` None stands for what is shown, but nothing below a warning: whoever asks to see more
    does not ask to fail on it, and nothing hidden makes a run fail.
    """

    __slots__ = (
        "cache",
        "fail_on",
        "format",
        "ignore",
        "jobs",
        "level",
        "output",
        "schemas",
        "select",
        "settings",
    )

    def __init__(self) -> None:
        self.cache: str | None = cache_folder()
        self.jobs: int | None = None
        self.format = "text"
        self.output: str | None = None
        self.level: Severity = WARNING
        self.fail_on: str | None = None
        self.select: Sequence[str] = ()
        self.ignore: Sequence[str] = ()
        self.schemas: Sequence[str] = ()
        self.settings = Settings()


def run(paths: Sequence[str], options: Options | None = None) -> int:
    """Check the files at *paths* together, report, and return the exit status."""
    options = options or Options()
    try:
        return finish(check(paths, options), options)
    except (PathError, RuleError, SourceError) as error:
        return fail(str(error))


def finish(result: Result, options: Options) -> int:
    """Report, and return the exit status; raises PathError."""
    empty = not (result.documents or result.counts)
    if options.format == "json" or not empty:
        _write(result, options)
    for fault in result.faults:
        fail(f"{fault}; this is a fault of hslint's own")
    if empty:
        return fail("\n  ".join(("no Kubernetes object found", *not_checked(result))))
    return FAILED if result.faults else status(result, options)


def check(
    paths: Sequence[str], options: Options, sources: Sequence[Source] | None = None
) -> Result:
    """The result for *paths*: an earlier run's, where nothing has changed since.

    *sources* are the files there, where they are known. Raises PathError, RuleError, SourceError.
    """
    settings = options.settings
    settings.schemas = _schemas(options.schemas)
    rules = _Chosen(options)
    if options.select or options.ignore:
        rules.load()  # to complain of a wrong name before any waiting
    sources = list(find(paths)) if sources is None else sources
    asked = (paths, options.level, options.select, options.ignore, settings.plain())
    recall = Recall(options.cache, asked)
    jobs = options.jobs or workers()
    readings = Readings(sources, rules.reader, recall, jobs)
    earlier = recall.result(sources)
    if earlier is not None:
        return earlier
    from hslint.engine import judge  # a run that finds nothing changed needs none of it

    result = judge(readings, rules.load(), settings, rules.known, options.level, jobs)
    recall.keep(result, sources, readings.packed())
    return result


class _Chosen:
    """The rules that the options ask for, and their reader, once they are needed."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._rules: Rules | None = None
        self._reader: Reader | None = None
        #: The names of all rules there are.
        self.known: Collection[str] = ()

    def load(self) -> Rules:
        """The rules; raises RuleError."""
        if self._rules is None:
            from hslint.registry import load

            options = self._options
            rules = load(cache=options.cache)
            self._rules = rules.select(options.select, options.ignore)
            self.known = rules.by_name
        return self._rules

    def reader(self) -> Reader:
        """The reader; raises RuleError."""
        if self._reader is None:
            from hslint.reading import Reader

            self._reader = Reader(self.load(), self._options.settings)
        return self._reader


def fail(message: str) -> int:
    """Say why the run failed; return the exit status for that."""
    print(f"error: {message}", file=sys.stderr)  # noqa: T201  the way to say it
    return FAILED


def status(result: Result, options: Options) -> int:
    """The exit status for what was found."""
    if options.fail_on == "never":
        return CLEAN
    least = SEVERITIES.get(options.fail_on or "", max(WARNING, options.level))
    return FOUND if any(SEVERITIES[name] >= least for name in result.counts) else CLEAN


def _schemas(paths: Sequence[str]) -> list[tuple[str, object]]:
    """The documents of the files with further schemas; raises PathError."""
    found: list[tuple[str, object]] = []
    for path in paths:
        known = len(found)
        for source in find([path]):
            found += _parsed(source)
        if len(found) == known:
            message = f"{path}: no schema found"
            raise PathError(message)
    return found


def _parsed(source: Source) -> Iterator[tuple[str, object]]:
    """The documents of a file that must be readable; raises PathError."""
    from hslint.document import documents

    if source.error:
        message = f"{source.file}: {source.error}"
        raise PathError(message)
    for document in documents(source):
        if document.fault is not None:
            message = f"{source.file}: {document.fault}"
            raise PathError(message)
        yield source.file, document.value


def _write(result: Result, options: Options) -> None:
    """Write the report to its file or standard output; raises PathError.

    Where no person would read a summary in the report, it goes to standard error.
    """
    paint = Paint(color=options.output is None and _wants_color())
    text = REPORTS[options.format](result, paint)
    if options.output is None:
        sys.stdout.write(text)
    else:
        try:
            with open(options.output, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError as error:
            message = f"{options.output}: {(error.strerror or str(error)).lower()}"
            raise PathError(message) from error
    if options.output is not None or options.format == "concise":
        sys.stderr.write(summary(result))


def _wants_color() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR brings it to pipes and CI logs."""
    from os import environ

    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return bool(environ.get("FORCE_COLOR")) or sys.stdout.isatty()
