"""Files that are checked together: unsaved text before what is on disk, each file read once."""

from __future__ import annotations

import os
from copy import copy

from hslint.files import FOREIGN, SUFFIXES, find
from hslint.lsp.scene import Scene
from hslint.lsp.terms import stamp
from hslint.project import membership, roots, together
from hslint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from hslint.lsp.scene import Found
    from hslint.lsp.terms import Stamp, Terms

#: Files read in one step.
_STEP = 40


class File:
    """A file's text, and its reading once it was needed."""

    __slots__ = ("packed", "source", "stamp")

    def __init__(self, source: Source, stamp: Stamp = None) -> None:
        self.source = source
        self.stamp = stamp
        self.packed: bytes | None = None

    def like(self, other: File | None) -> File:
        """The same; where *other* had just this text, its reading counts."""
        if other is not None and self.source.digest == other.source.digest:
            self.packed = other.packed
        return self


class Project:
    """The files of some folders, and unsaved texts, found as ``hslint FOLDER...`` finds them.

    With a config all of its project is read along. Files go by the names that ``find`` gives them.
    """

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        #: The names of the files that findings are about; None for all.
        self._given: frozenset[str] | None = None
        self._named: frozenset[str] = frozenset()
        #: The folders with the files, and whether the config takes one there for the project's.
        self._roots: Sequence[str] = ()
        self._belongs: Callable[[str], bool] | None = None
        self._disk: dict[str, File] = {}
        self._buffers: dict[str, File] = {}
        self._scene: Scene | None = None
        self._readable: dict[str, Scene] = {}
        #: Where something was found the last time.
        self._troubled: frozenset[str] = frozenset()

    # -- which files there are

    def holds(self, name: str) -> bool:
        """Whether a file is one of the project's, or will be when it is saved."""
        if name in self._disk:
            return True
        if self.leaves_out(name):
            return False
        return name in self._named or self._will_find(name)

    def leaves_out(self, name: str) -> bool:
        """Whether the config says that a file is none of the project's."""
        config = self.terms.config
        if config is None or self._belongs is None:
            return False
        inside = os.path.join(config.folder, "")
        return name.startswith(inside) and not self._belongs(name.removeprefix(inside))

    def _will_find(self, name: str) -> bool:
        for folder in self._roots:
            if name.startswith(folder + "/") and name.endswith(SUFFIXES):
                parts = name[len(folder) + 1 :].split("/")
                return not any(part[:1] == "." or part in FOREIGN for part in parts)
        return False

    # -- changes

    def look(self, terms: Terms, folders: Sequence[str], named: Collection[str]) -> None:
        """See which files there are, and which have changed since.

        *named* are texts outside of the *folders* that are the project's all the same.
        """
        if terms is not self.terms:
            self._judge_by(terms)
        there = [folder for folder in folders if os.path.isdir(folder or "/")]
        given = None
        if terms.config is None:
            self._roots, self._belongs = folders, None
            sources = list(find(there))
        else:
            self._roots, self._belongs = roots(terms.config), membership(terms.config)
            sources, given = together(there or [terms.config.folder], terms.config)
            given = ((given or frozenset()) if there else frozenset()).union(named)
        self._named = frozenset(named)
        found: dict[str, File] = {}
        for source in sources:
            name = source.file
            known, now = self._disk.get(name), stamp(name)
            if known is None or known.stamp != now or now is None:
                source.keep()
                known = File(source, now).like(known)
            found[name] = known
        if given != self._given or list(found.items()) != list(self._disk.items()):
            self._disk, self._given = found, given
            self._scene = None

    def _judge_by(self, terms: Terms) -> None:
        self.terms = terms
        self._scene = None
        self._readable.clear()
        for file in (*self._disk.values(), *self._buffers.values()):
            file.packed = None

    def changed(self, name: str) -> None:
        """Take notice that a file was written, whatever its size and time tell."""
        if name in self._disk:
            self._disk[name].stamp = None

    def edit(self, name: str, text: bytes) -> None:
        """Take over what an editor shows for a file."""
        before = self._buffers.get(name)
        file = File(Source(name, text)).like(before or self._disk.get(name))
        self._buffers[name] = file
        if file.packed is None or before is None:
            self._scene = None

    def close(self, name: str) -> None:
        """Forget what an editor showed: the file on disk counts again."""
        if self._buffers.pop(name, None) is not None:
            self._readable.pop(name, None)
            self._scene = None

    # -- answers

    def file(self, name: str) -> File | None:
        """A file as it is now."""
        return self._buffers.get(name) or self._disk.get(name)

    def scene(self) -> Scene:
        """The world of the files, as it is now."""
        if self._scene is None:
            settings = copy(self.terms.settings)
            if settings.given is None:
                settings.given = self._given
            files = self._files()
            packed = [self._read(file) for file in files]
            sources = [file.source for file in files]
            self._scene = Scene(sources, packed, self.terms, settings)
            for name in self._buffers:
                if self._scene.is_readable(name):
                    self._readable[name] = self._scene
        return self._scene

    def last_scene(self, name: str) -> Scene:
        """The last world in which a file could be read as a whole; the one it is in if none."""
        scene = self.scene()
        return scene if scene.is_readable(name) else self._readable.get(name, scene)

    def check(self, first: Collection[str]) -> Iterator[Found | None]:
        """Check all files step by step, those called *first* before the others.

        Yields what is found in some files, in the end what is found in all, and None between.
        """
        unread = [file for file in self._files() if file.packed is None]
        for number, file in enumerate(unread):
            self._read(file)
            if number % _STEP == _STEP - 1:
                yield None
        found = None
        for found in self.scene().judge(first, self._troubled):
            yield found
        self._troubled = frozenset(name for name, findings in (found or {}).items() if findings)

    def faults(self) -> Sequence[str]:
        """The rules that failed: faults of hslint's own."""
        return self._scene.faults if self._scene else ()

    def _files(self) -> list[File]:
        files = [self._buffers.get(name) or file for name, file in self._disk.items()]
        return files + [file for name, file in self._buffers.items() if name not in self._disk]

    def _read(self, file: File) -> bytes:
        if file.packed is None:
            file.packed = self.terms.reader.read(file.source).packed()
        file.source.chunks = None  # they are cut again where they are needed
        return file.packed
