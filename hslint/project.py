"""Which files make one world: those that are given, and the others of their project."""

from __future__ import annotations

import os

from hslint.files import STDIN, STDIN_NAME, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hslint.config import Config
    from hslint.source import Source


def together(
    paths: Sequence[str], config: Config, stdin: str = ""
) -> tuple[list[Source], frozenset[str] | None]:
    """The files to read, and the names of those that are given; None where all are.

    All files of the project are read, in the same order whichever are given; but for a standard
    input that is no file nothing is read along. It is the file *stdin* if that is named. Raises
    PathError.
    """
    if not stdin and all(path == STDIN for path in paths):
        return list(find(paths, stdin)), None
    shown = _shown_as(
        config.folder, absolute=os.path.isabs(stdin if paths[0] == STDIN else paths[0])
    )
    top = os.path.join(os.path.realpath(config.folder), "")
    project = dict(_members(config, top))
    given: dict[str, Source] = {}
    for path in paths:
        inside = os.path.join(os.path.realpath(path), "")
        own = [real for real in project if real.startswith(inside)] if path != STDIN else []
        given |= {real: project[real] for real in own}
        if own and inside.startswith(top):
            continue
        for source in find([path], stdin):
            real = os.path.realpath(source.file) if source.file != STDIN_NAME else STDIN_NAME
            if not (own and real.startswith(top)):  # what the config leaves out of a larger folder
                given[real] = source
    files = project | given
    for real, source in files.items():
        if real != STDIN_NAME:
            source.file = shown(source.file)
    return list(files.values()), frozenset(source.file for source in given.values())


def roots(config: Config) -> list[str]:
    """The folders and files below which all of the project is, whether they are there or not."""
    from hslint.globs import literal

    found = [os.path.join(config.folder, literal(glob)) for glob in config.include or ["."]]
    return list(dict.fromkeys(found))


def membership(config: Config) -> Callable[[str], bool]:
    """Whether the config takes a file, named from its folder on, for one of the project's."""
    from hslint.globs import matcher

    is_in = matcher(config.include, folders=True) if config.include else None
    is_out = matcher(config.exclude, folders=True) if config.exclude else None
    return lambda name: (not is_in or is_in(name)) and not (is_out and is_out(name))


def _members(config: Config, top: str) -> Iterator[tuple[str, Source]]:
    """The files of the project, each by its path without links; *top* is the folder's, with ``/``.

    A link that leads out of the folder is none of the project's.
    """
    belongs = membership(config)
    inside = os.path.join(config.folder, "")
    for source in find([root for root in roots(config) if os.path.lexists(root)]):
        name = source.file.removeprefix(inside)
        if not belongs(name):
            continue
        real = top + name
        if os.path.islink(source.file):
            real = os.path.realpath(source.file)
            if not real.startswith(top):
                continue
        source.named = False
        yield real, source


def _shown_as(folder: str, *, absolute: bool) -> Callable[[str], str]:
    """How reports name the files of a project, all of them in one way."""
    if absolute:
        return os.path.abspath
    here = os.path.join(os.getcwd(), "")
    inside = os.path.join(folder, "")
    if inside.startswith(here):  # all are below: no need to look at each
        return lambda f: f.removeprefix(here) if f.startswith(inside) else os.path.relpath(f)
    return os.path.relpath
