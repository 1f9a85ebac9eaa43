"""The objects of the files at some paths, to be looked at together."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hslint.checking import Chosen, config_of, schemas_at, sources_of
from hslint.contract import WARNING
from hslint.engine import Judge
from hslint.files import PathError
from hslint.gather import gather
from hslint.reading import Reader
from hslint.readings import Readings
from hslint.registry import Rules
from hslint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hslint.gather import Gathered
    from hslint.options import Options
    from hslint.settings import Settings
    from hslint.source import Source


def load(paths: Sequence[str], options: Options, *, judged: bool = False) -> Judge:
    """The objects at *paths* as the config says, and no others of the project; *judged* by rules.

    Says on standard error what is left out. Raises PathError where nothing is, and where no file
    holds an object; RuleError, SourceError.
    """
    settings = options.settings
    config = config_of(paths, options)
    settings.schemas = schemas_at(options.schemas)
    chosen = Chosen(options, config)
    rules = chosen.load() if judged else Rules(())
    sources, given = sources_of(paths, options, config)
    wanted = [source for source in sources if given is None or source.file in given]
    gathered = gather_all(wanted, settings, rules)
    for file, why in gathered.skipped:
        print(f"left out: {visible(file)}: {why}", file=sys.stderr)  # noqa: T201
    if not gathered.manifests:
        message = "no Kubernetes object found"
        raise PathError(message)
    return Judge(gathered, rules, settings, chosen.known, WARNING)


def gather_all(sources: Iterable[Source], settings: Settings, rules: Rules) -> Gathered:
    """What *sources* hold, held against *rules*."""
    reader = Reader(rules, settings)
    readings = Readings(list(sources), lambda: reader, None, 1)
    return gather(readings.sources, readings.packed(), settings)
