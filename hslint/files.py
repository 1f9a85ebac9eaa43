"""From the paths a user gives to the files there."""

from __future__ import annotations

import os
import sys

from hslint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Standard input, as a path and as the name of its file in reports.
STDIN, STDIN_NAME = "-", "<stdin>"
SUFFIXES = (".yaml", ".yml", ".json")
#: Folders of other people's files; hidden ones are left out as well.
FOREIGN = ("node_modules",)


class PathError(Exception):
    """A path that cannot be used; says which and why."""


def find(paths: Iterable[str]) -> Iterator[Source]:
    """Find the files at *paths*: named files whatever their suffix, all manifests of a folder.

    A file is found once, however many ways lead to it. Raises PathError, before anything is found,
    for a path where nothing is.
    """
    paths = list(paths)
    for path in paths:
        if path != STDIN and not os.path.lexists(path):
            message = f"{path}: no such file or folder"
            raise PathError(message)
    return _find(paths)


def _find(paths: list[str]) -> Iterator[Source]:
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            yield Source(STDIN_NAME, sys.stdin.buffer.read(), named=True)
        elif os.path.isdir(path):
            yield from _find_in(path, seen)
        elif _is_new(os.path.realpath(path), seen):
            yield _source(path, named=True)


def _find_in(path: str, seen: set[str]) -> Iterator[Source]:
    """Find the manifests below a folder; what only a link leads to comes last."""
    links: list[str] = []
    inside = "" if path == "." else os.path.join(path, "")
    for file, real in _walk(path, inside, os.path.join(os.path.realpath(path), ""), links):
        if _is_new(real, seen):
            yield _source(file)
    for file in links:
        if not os.path.isdir(file) and _is_new(os.path.realpath(file), seen):
            yield _source(file)


def _walk(folder: str, inside: str, real: str, links: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (path, path without links) of the manifests below *folder*, sorted; collect *links*.

    A folder that cannot be listed is yielded itself: reading it will say why. Links to folders are
    not followed, so that no loop can catch the walk.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield inside.rstrip("/") or folder, real
        return
    for entry in entries:
        name = entry.name
        if name[0] == "." or name in FOREIGN:
            continue
        if entry.is_symlink():
            if name.endswith(SUFFIXES):
                links.append(inside + name)
        elif entry.is_dir():
            yield from _walk(entry.path, f"{inside}{name}/", f"{real}{name}/", links)
        elif name.endswith(SUFFIXES) and entry.is_file():
            yield inside + name, real + name


def _is_new(real: str, seen: set[str]) -> bool:
    if real in seen:
        return False
    seen.add(real)
    return True


def _source(path: str, *, named: bool = False) -> Source:
    source = Source(shown(path), path=path, named=named)
    if named and not os.path.isfile(path):
        source.keep()
    return source


def shown(path: str) -> str:
    """The path as reports write it: with ``/`` everywhere."""
    return path if os.sep == "/" else path.replace(os.sep, "/")
