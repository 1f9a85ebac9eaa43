"""From paths and options to what is found there."""

from __future__ import annotations

import os

from hslint import workers
from hslint.files import STDIN, PathError, config_for, find
from hslint.readings import Readings
from hslint.recall import Recall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from hslint.config import Config
    from hslint.options import Options
    from hslint.reading import Reader
    from hslint.registry import Rules
    from hslint.result import Result
    from hslint.source import Source


def check(
    paths: Sequence[str], options: Options, sources: Sequence[Source] | None = None
) -> Result:
    """The result for *paths*: an earlier run's, where nothing has changed since.

    *sources* are what an earlier check found there: a pipe cannot be read again. Raises PathError,
    RuleError, SourceError.
    """
    settings = options.settings
    config = config_of(paths, options)
    settings.schemas = schemas_at(options.schemas)
    rules = Chosen(options, config)
    if options.select or options.ignore:
        rules.load()  # to complain of a wrong name before any waiting
    if sources is None:
        sources, settings.given = sources_of(paths, options, config)
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
    earlier = recall.result(sources, readings.changed)
    if earlier is not None:
        if not readings.unchanged:
            recall.keep(earlier, sources)
        earlier.sources = sources
        return earlier
    from hslint.engine import judge  # a run that finds nothing changed needs none of it

    result = judge(
        readings, rules.load(), settings, rules.known, options.level, jobs, readings.remember
    )
    recall.keep(result, sources)
    result.sources = sources
    return result


def sources_of(
    paths: Sequence[str], options: Options, config: Config | None
) -> tuple[Sequence[Source], frozenset[str] | None]:
    """The files to read, and the names of those that are given; raises PathError."""
    if config is None:
        return list(find(paths, options.stdin)), None
    from hslint.project import together

    return together(paths, config, options.stdin)


def config_of(paths: Sequence[str], options: Options) -> Config | None:
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


class Chosen:
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

    def __reduce__(self) -> tuple[object, ...]:
        """Another process loads the rules itself."""
        return Chosen, (self._options, self._config)

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


def schemas_at(paths: Sequence[str]) -> list[tuple[str, object]]:
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
