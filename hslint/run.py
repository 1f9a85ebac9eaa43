"""One check: paths in, report out, exit status back."""

from __future__ import annotations

import os
import sys
from os import environ
from time import monotonic

from hslint import workers
from hslint.cachedir import folder as cache_folder
from hslint.contract import SEVERITIES, WARNING, RuleError
from hslint.files import STDIN, PathError, config_for, find
from hslint.readings import Readings
from hslint.recall import Recall
from hslint.report import DOCUMENTS, renderer
from hslint.report.paint import PLAIN, Paint
from hslint.report.summary import not_checked, summary
from hslint.report.visible import visible
from hslint.settings import Settings
from hslint.source import SourceError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from hslint.baseline import Baseline
    from hslint.config import Config
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

    ``config`` is a config file's path: None for the one that is found, "" for none. ``said`` names
    the options that the command line holds, so that a config does not change them. ``stdin`` is the
    file that standard input stands for. ``rules`` are folders with more rules.
    """

    __slots__ = (
        "add_ignores",
        "baseline",
        "cache",
        "config",
        "fail_on",
        "ignore",
        "jobs",
        "level",
        "reports",
        "rules",
        "said",
        "schemas",
        "select",
        "settings",
        "statistics",
        "stdin",
        "write_baseline",
    )

    def __init__(self) -> None:
        self.cache: str | None = cache_folder()
        self.jobs: int | None = None
        #: Formats, each with the file that it goes to; at most one has none.
        self.reports: Sequence[tuple[str, str | None]] = (("text", None),)
        self.statistics = False
        self.add_ignores: str | None = None
        self.baseline: str | None = None
        self.write_baseline: str | None = None
        self.level: Severity = WARNING
        self.fail_on: str | None = None
        self.select: Sequence[str] = ()
        self.ignore: Sequence[str] = ()
        self.schemas: Sequence[str] = ()
        self.settings = Settings()
        self.config: str | None = None
        self.said: Collection[str] = ()
        self.stdin = ""
        self.rules: Sequence[str] = ()


def run(paths: Sequence[str], options: Options | None = None) -> int:
    """Check the files at *paths* together, report, and return the exit status."""
    options = options or Options()
    added = ""
    try:
        baseline = _baseline(options)
        result, told, empty = _found(paths, options, baseline)
        if options.add_ignores and result.findings:
            added = _add_ignores(result, options.add_ignores)
            result, told, empty = _found(paths, options, baseline)
        result.status = FAILED if empty or result.faults else _status(result, options)
        _write(result, options, empty=empty)
        sys.stderr.write(added + told)
    except (PathError, RuleError, SourceError) as error:
        return fail(str(error))
    for fault in _one_a_rule(result.faults):
        fail(f"{fault}; this is a fault of hslint's own")
    if empty:
        return fail("\n  ".join(("no Kubernetes object found", *not_checked(result))))
    return result.status


def _baseline(options: Options) -> Baseline | None:
    """The baseline that is asked for; raises PathError before any waiting."""
    if not (options.baseline or options.write_baseline):
        return None
    from hslint.baseline import Baseline  # most runs have none

    return Baseline(options.baseline, options.write_baseline)


def _found(
    paths: Sequence[str], options: Options, baseline: Baseline | None
) -> tuple[Result, str, bool]:
    """What the baseline does not hide, what it did, and whether there was nothing to check."""
    result = _watched(paths, options)
    empty = not (result.documents or result.counts)
    if baseline is None or empty or result.faults:
        return result, "", empty
    return (
        result,
        baseline.hide(result, paths, lambda: _Chosen(options, None).load().by_name),
        empty,
    )


def _add_ignores(result: Result, reason: str) -> str:
    """Write comments that ignore the findings; return what there is to say. Raises PathError."""
    from hslint.add_ignores import add
    from hslint.registry import load

    number, left = add(result.findings, reason, load().select(["ignore"]).by_name)
    lines = [f"Ignored: {number} of {len(result.findings)}."]
    for finding, why in left:
        span = finding.span
        lines.append(f"  {visible(span.file)}:{span.line}:{span.column}: {finding.rule}: {why}")
    return "".join(f"{line}\n" for line in lines)


def _watched(paths: Sequence[str], options: Options) -> Result:
    """The result for *paths*; who waits at a terminal is told how far it is after a second."""
    if not sys.stderr.isatty() or environ.get("TERM") == "dumb":
        return _check(paths, options)
    workers.tell_from = monotonic() + 1
    try:
        return _check(paths, options)
    finally:
        workers.tell_from = None
        if "hslint.progress" in sys.modules:
            sys.modules["hslint.progress"].clear()


def _one_a_rule(faults: Iterable[str]) -> Iterator[str]:
    """What failed, the first time for each rule: one that fails may fail on every object."""
    by_rule: dict[str, list[str]] = {}
    for fault in faults:
        by_rule.setdefault(fault.partition(" on ")[0], []).append(fault)
    for first, *others in by_rule.values():
        yield f"{first} (and on {len(others)} more)" if others else first


def _check(paths: Sequence[str], options: Options) -> Result:
    """The result for *paths*: an earlier run's, where nothing has changed since."""
    settings = options.settings
    config = _config(paths, options)
    settings.schemas = _schemas(options.schemas)
    rules = _Chosen(options, config)
    if options.select or options.ignore:
        rules.load()  # to complain of a wrong name before any waiting
    if config is None:
        sources = list(find(paths, options.stdin))
    else:
        from hslint.project import together

        sources, settings.given = together(paths, config, options.stdin)
    # Whichever files of a project are given, all are read.
    given = (paths, options.stdin) if settings.given is None else ()
    asked = (
        given,
        options.level,
        options.select,
        options.ignore,
        settings.plain(),
        config and config.state,
        rules.stamp(),
    )
    recall = Recall(options.cache, asked, settings.given)
    jobs = options.jobs or workers.workers()
    readings = Readings(sources, rules.reader, recall, jobs)
    earlier = recall.result(sources)
    if earlier is not None:
        earlier.sources = sources
        return earlier
    from hslint.engine import judge  # a run that finds nothing changed needs none of it

    result = judge(
        readings, rules.load(), settings, rules.known, options.level, jobs, readings.remember
    )
    recall.keep(result, sources)
    result.sources = sources
    return result


def _config(paths: Sequence[str], options: Options) -> Config | None:
    """The config for *paths*, taken into the options; raises PathError."""
    file = options.config
    if file is None:
        file = config_for(paths, options.stdin)
    if not file:
        return None
    from hslint.config import read  # most projects have none

    first = os.path.abspath(options.stdin if paths[0] == STDIN else paths[0])
    folder = os.path.dirname(os.path.abspath(file))
    if not first.startswith(os.path.join(folder, "")) and first != folder:
        folder = os.getcwd()  # a config that is named need not stand in the project
    config = read(file, os.path.relpath(file), folder)
    config.apply(options.settings, options.said)
    options.schemas = options.schemas or config.schemas
    return config


class _Chosen:
    """The rules that the options ask for, and their reader, once they are needed.

    A *config* is held against the names of the rules when they are loaded.
    """

    def __init__(self, options: Options, config: Config | None) -> None:
        self._options = options
        self._config = config
        self._rules: Rules | None = None
        self._reader: Reader | None = None
        #: The names of all rules there are.
        self.known: Collection[str] = ()

    def load(self) -> Rules:
        """The rules; raises RuleError."""
        if self._rules is None:
            from hslint.registry import load_all

            options = self._options
            rules = load_all(options.rules, options.cache)
            if self._config is not None:
                self._config.check(rules.by_name, {rule.group for rule in rules})
            off = self._config.off(options.select) if self._config else ()
            self._rules = rules.select(options.select, [*options.ignore, *off])
            self.known = rules.by_name
        return self._rules

    def stamp(self) -> object:
        """What changes whenever a rule of the user's own does; raises RuleError."""
        if not self._options.rules:
            return None
        self.load()
        from hslint.registry import files

        return [files(folder) for folder in self._options.rules]

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


def _status(result: Result, options: Options) -> int:
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


def _write(result: Result, options: Options, *, empty: bool) -> None:
    """Write the reports to their files and standard output; raises PathError.

    Of an *empty* run there are only those for programs. Where no person would read a summary in a
    report, it goes to standard error.
    """
    shown = None
    for form, output in options.reports:
        if empty and form not in DOCUMENTS:
            continue
        render = renderer(form, counting=options.statistics)
        if output is None:
            shown = form
            text = render(result, Paint(color=_wants_color()))
        else:
            _store(output, render(result, PLAIN))
    if shown is not None:
        sys.stdout.write(text)
    if not empty and shown not in ("text", *DOCUMENTS):
        sys.stderr.write(summary(result))


def _store(output: str, text: str) -> None:
    """Write a report to the file *output*; raises PathError."""
    try:
        with open(output, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        message = f"{output}: {(error.strerror or str(error)).lower()}"
        raise PathError(message) from error


def _wants_color() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR brings it to pipes and CI logs."""
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return bool(environ.get("FORCE_COLOR")) or sys.stdout.isatty()
