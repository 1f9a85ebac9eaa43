"""What files are judged by: the rules, and what a config file says as long as it can be read."""

from __future__ import annotations

import os
from copy import copy
from functools import cached_property

from hslint.checking import schemas_at
from hslint.config import ConfigError, read
from hslint.contract import ERROR
from hslint.files import PathError, find
from hslint.finding import Finding, Place
from hslint.reading import Reader
from hslint.settings import Settings
from hslint.source import Source
from hslint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import TypeAlias

    from hslint.config import Config
    from hslint.registry import Rules

    #: What tells that a file on disk has changed: size, time, number; None where it cannot be told.
    Stamp: TypeAlias = tuple[int, int, int] | None

#: What stands for a rule in the findings about a config.
_CODE = "config"


class Terms:
    """Rules, settings and a reader for files that are checked together; ``known`` names all rules.

    Until a config can be read for the first time nothing is found, as on the command line.
    """

    def __init__(self, rules: Rules, config: Config | None = None) -> None:
        self.known: Collection[str] = rules.by_name
        self.config = config
        self.settings = Settings()
        self.rules = rules
        if config is not None:
            config.check(rules.by_name, {rule.group for rule in rules})
            config.apply(self.settings, ())
            self.settings.schemas = _schemas(config)
            self.rules = rules.select([], config.off([]))
        self.reader = Reader(self.rules, self.settings)

    @cached_property
    def silent(self) -> Terms:
        """The same, but nothing is reported."""
        terms = copy(self)
        terms.settings = copy(self.settings)
        terms.settings.given = frozenset()
        return terms


class TermsFile:
    """A config file that may change: its last ``terms`` that were good, and its ``faults``."""

    def __init__(self, rules: Rules, file: str) -> None:
        self._rules = rules
        self._file = file
        self._schemas: list[str] = []
        self._stamps: list[Stamp] = []
        self.faults: list[Finding] = []
        terms = Terms(rules)
        terms.settings.file = file
        self.terms = terms.silent

    def changed(self) -> None:
        """Take notice that it was written, whatever its size and time tell."""
        self._stamps = []

    def look(self) -> None:
        """Read it, if it or a schema that it names has changed."""
        stamps = self._look()
        if stamps == self._stamps:
            return
        try:
            config = read(self._file, self._file, os.path.dirname(self._file))
            self._schemas = config.schemas
            self.terms = Terms(self._rules, config)
            self.faults = []
        except ConfigError as error:
            self.faults = [_finding(self._file, *fault) for fault in error.faults]
        self._stamps = self._look()

    def _look(self) -> list[Stamp]:
        files = [self._file]
        for path in self._schemas:
            files += [source.file for source in find([path])] if os.path.lexists(path) else []
        return [stamp(file) for file in files]


def stamp(path: str) -> Stamp:
    """What tells that a file has changed."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _schemas(config: Config) -> list[tuple[str, object]]:
    """The schemas that a config names; raises ConfigError."""
    try:
        return schemas_at(config.schemas)
    except PathError as error:
        raise ConfigError(config.file, [(*config.where(("schemas",)), str(error))]) from error


def _finding(file: str, line: int, column: int, why: str) -> Finding:
    """What is wrong at a place of a config, up to the end of its line."""
    line, column = max(line, 1), max(column, 1)
    text = Source(file, path=file).data.decode("utf-8", "replace")
    lines = text.removeprefix("\ufeff").split("\n")
    end = len(lines[line - 1].rstrip()) if line <= len(lines) else 0
    span = Span(file, line, column, line, max(end, column) + 1).as_tuple()
    return Finding(_CODE, ERROR, why, Place.of((span, "", None, None, 0, {})))
