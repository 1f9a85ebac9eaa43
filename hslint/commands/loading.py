"""The objects of the files at some paths as one world, without checking them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hslint.files import PathError, find
from hslint.gather import gather
from hslint.reading import Reader
from hslint.readings import Readings
from hslint.registry import Rules
from hslint.report.visible import visible
from hslint.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hslint.gather import Gathered
    from hslint.settings import Settings
    from hslint.source import Source


def read(sources: Iterable[Source], settings: Settings, rules: Rules | None = None) -> Readings:
    """What each of *sources* holds, held against *rules*."""
    reader = Reader(rules or Rules(()), settings)
    return Readings(list(sources), lambda: reader, None, 1)


def world_of(readings: Readings, settings: Settings) -> tuple[World, Gathered]:
    """The world of what was read, and what is left out of it."""
    gathered = gather(readings.sources, readings.packed(), settings)
    world = World(
        gathered.manifests,
        minor=settings.minor,
        cluster_domain=settings.cluster_domain,
        closed=settings.closed_world,
        gaps=gathered.gaps,
        generated=gathered.generated,
    )
    return world, gathered


def load(paths: Iterable[str], settings: Settings) -> World:
    """The world of the files at *paths*; says on standard error what is left out of it.

    Raises PathError where nothing is, and where no file holds an object.
    """
    world, gathered = world_of(read(find(paths), settings), settings)
    tell_skipped(gathered.skipped)
    if not gathered.manifests:
        message = "no Kubernetes object found"
        raise PathError(message)
    return world


def tell_skipped(skipped: Iterable[tuple[str, str]]) -> None:
    """Say what was left out, a line for each file."""
    for file, why in skipped:
        print(f"left out: {visible(file)}: {why}", file=sys.stderr)  # noqa: T201
