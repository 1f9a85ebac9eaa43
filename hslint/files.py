"""From the paths a user gives to the files there, and to the config file above them."""

from __future__ import annotations

import os
import sys

from hslint.source import Source, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Standard input, as a path and as the name of its file in reports.
STDIN, STDIN_NAME = "-", "<stdin>"
SUFFIXES = (".yaml", ".yml", ".json")
#: Folders of other people's files; hidden ones are left out as well.
FOREIGN = ("node_modules",)
#: A config file of hslint's own, one that it shares, and its table's name below `tool` in that.
_OWN, _SHARED, _TABLE = ".hslint.yaml", "pyproject.toml", "hslint"


class PathError(Exception):
    """A path that cannot be used; says which and why."""

    @classmethod
    def of(cls, path: str, error: OSError) -> PathError:
        """What the system says against a path."""
        return cls(f"{path}: {reason(error)}")


def find(paths: Iterable[str], stdin: str = "") -> Iterator[Source]:
    """Find the files at *paths*: named files whatever their suffix, all manifests of a folder.

    Standard input takes the place of the file *stdin*, if that is named. A file is found once,
    however many ways lead to it. Raises PathError, before anything is found, for a path where
    nothing is.
    """
    paths = list(paths)
    for path in paths:
        if path != STDIN:
            _require(path)
    return _find(paths, stdin)


def _require(path: str) -> None:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL stands in no name
        message = f"{path}: no such file or folder"
        raise PathError(message) from None
    except OSError as error:
        raise PathError.of(path, error) from error


def config_for(paths: Sequence[str], stdin: str = "") -> str | None:
    """The config file nearest above the first of *paths*, up to the root of its repository.

    Standard input stands where the file *stdin* does, else in the current folder.
    """
    first = stdin if paths[0] == STDIN else paths[0]
    folder = os.path.abspath(first)
    if first and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        own = os.path.join(folder, _OWN)
        if os.path.isfile(own):
            return own
        shared = os.path.join(folder, _SHARED)
        if os.path.isfile(shared) and _has_table(shared):
            return shared
        above = os.path.dirname(folder)
        if above == folder or os.path.lexists(os.path.join(folder, ".git")):
            return None
        folder = above


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml is about hslint."""
    try:
        with open(path, "rb") as file:
            if _TABLE.encode() not in file.read():
                return False
            file.seek(0)
            from tomllib import load  # slow to import

            tools = load(file).get("tool")
            return isinstance(tools, dict) and _TABLE in tools
    except OSError:
        return False
    except ValueError:
        return True  # reading it as the config will say where it is wrong


def _find(paths: list[str], stdin: str) -> Iterator[Source]:
    seen = {os.path.realpath(stdin)} if stdin and STDIN in paths else set()
    for path in paths:
        if path == STDIN:
            yield Source(shown(stdin) or STDIN_NAME, sys.stdin.buffer.read(), named=True)
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
        is_readable = os.path.isfile(file) or not os.path.exists(file)  # reading it will say why
        if is_readable and _is_new(os.path.realpath(file), seen):
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
