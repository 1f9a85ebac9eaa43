"""The files that an editor works on: unsaved text before what is on disk, each file read once."""

from __future__ import annotations

import os

from hslint.files import FOREIGN, SUFFIXES, find, shown
from hslint.lsp.scene import Scene
from hslint.reading import Reader
from hslint.settings import Settings
from hslint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import TypeAlias

    from hslint.lsp.scene import Found
    from hslint.registry import Rules

    #: What tells that a file on disk has changed: size, time, number; None where it cannot be told.
    Stamp: TypeAlias = tuple[int, int, int] | None

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


class Workspace:
    """Files by name: the path as ``find`` gives it, or whatever else an editor calls a text.

    The manifests of all folders are one world, found as ``hslint FOLDER...`` finds them. A text
    that is none of them is a world of its own. Nothing here is meant for several threads.
    """

    def __init__(self, rules: Rules, settings: Settings | None = None) -> None:
        self._rules = rules
        self._settings = settings or Settings()
        self._reader = Reader(rules, self._settings)
        #: The folders as they were named, and without links.
        self._folders: dict[str, str] = {}
        self._disk: dict[str, File] = {}
        self._buffers: dict[str, File] = {}
        self._scene: Scene | None = None
        self._readable: dict[str, Scene] = {}
        self._alone: dict[str, Scene] = {}

    # -- names

    def name(self, path: str) -> str:
        """The name of the file at *path*."""
        for given, real in self._folders.items():
            if path.startswith(given + "/"):
                path = real + path[len(given) :]
                break
        if path not in self._disk and path not in self._buffers and os.path.isabs(path):
            real = shown(os.path.realpath(path))
            if real in self._disk:
                return real
        return path

    def path(self, name: str) -> str:
        """Where the file of this *name* is, below a folder as it was named."""
        for given, real in self._folders.items():
            if name.startswith(real + "/"):
                return given + name[len(real) :]
        return name

    # -- changes

    def add_folder(self, path: str) -> None:
        """Take a folder in; ``look`` finds its files."""
        self._folders[path.rstrip("/")] = shown(os.path.realpath(path)).rstrip("/")

    def remove_folder(self, path: str) -> None:
        """Let go of a folder; ``look`` loses its files."""
        self._folders.pop(path.rstrip("/"), None)

    def look(self) -> None:
        """See which files there are, and which have changed since."""
        folders = [real for real in self._folders.values() if os.path.isdir(real or "/")]
        found: dict[str, File] = {}
        for source in find(folders):
            name = source.file
            known, stamp = self._disk.get(name), _stamp(name)
            if known is None or known.stamp != stamp or stamp is None:
                source.keep()
                known = File(source, stamp).like(known)
            found[name] = known
        if list(found.items()) != list(self._disk.items()):
            self._disk = found
            self._scene = None

    def changed(self, name: str) -> None:
        """Take notice that a file was written, whatever its size and time tell."""
        if name in self._disk:
            self._disk[name].stamp = None

    def edit(self, name: str, text: str) -> None:
        """Take over what an editor shows for a file."""
        before = self._buffers.get(name) or self._disk.get(name)
        file = File(Source(name, text.encode("utf-8", "replace"))).like(before)
        self._buffers[name] = file
        if file.packed is None:
            self._outdate(name)

    def close(self, name: str) -> None:
        """Forget what an editor showed: the file on disk counts again."""
        if name in self._buffers:
            self._outdate(name)
            self._readable.pop(name, None)
            del self._buffers[name]

    def _outdate(self, name: str) -> None:
        self._alone.pop(name, None)
        if self._is_inside(name):
            self._scene = None

    # -- answers

    def text(self, name: str) -> str:
        """The text of a file, "" where there is none."""
        data = self.data(name)
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        return data.decode(encoding, "replace").removeprefix("\ufeff")

    def data(self, name: str) -> bytes:
        """The bytes of a file, none where there is none."""
        file = self._buffers.get(name) or self._disk.get(name)
        return file.source.data if file else b""

    def scene(self, name: str) -> Scene:
        """The world that a file belongs to, as it is now."""
        if name in self._buffers and not self._is_inside(name):
            if name not in self._alone:
                self._alone[name] = self._make([self._buffers[name]])
            return self._alone[name]
        if self._scene is None:
            self._scene = self._make(self._inside())
            for file in self._buffers:
                if self._scene.is_readable(file):
                    self._readable[file] = self._scene
        return self._scene

    def last_scene(self, name: str) -> Scene:
        """The last world in which a file could be read as a whole; the one it is in if none."""
        scene = self.scene(name)
        return scene if scene.is_readable(name) else self._readable.get(name, scene)

    def check(self, first: Collection[str]) -> Iterator[Found | None]:
        """Check all files step by step, those called *first* before the others.

        Yields what is found in some files, in the end what is found in all, and None between.
        """
        files = self._inside()
        unread = [file for file in files if file.packed is None]
        for number, file in enumerate(unread):
            self._read(file)
            if number % _STEP == _STEP - 1:
                yield None
        found: Found = {}
        for name in [*self._buffers, ""]:
            if not name or not self._is_inside(name):
                for step in self.scene(name).judge(first):
                    found.update(step or {})
                    yield step
        yield found

    def faults(self) -> list[str]:
        """The rules that failed: faults of hslint's own."""
        return list(self._scene.faults) if self._scene else []

    def _inside(self) -> list[File]:
        """The files of the folders, and what is to become one."""
        files = [self._buffers.get(name) or file for name, file in self._disk.items()]
        new = [name for name in self._buffers if name not in self._disk and self._is_inside(name)]
        return files + [self._buffers[name] for name in new]

    def _is_inside(self, name: str) -> bool:
        """Whether a file is one of a folder's, or will be when it is saved."""
        if name in self._disk:
            return True
        for folder in self._folders.values():
            if name.startswith(folder + "/") and name.endswith(SUFFIXES):
                parts = name[len(folder) + 1 :].split("/")
                return not any(part[:1] == "." or part in FOREIGN for part in parts)
        return False

    def _make(self, files: list[File]) -> Scene:
        packed = [self._read(file) for file in files]
        return Scene([file.source for file in files], packed, self._rules, self._settings)

    def _read(self, file: File) -> bytes:
        if file.packed is None:
            file.packed = self._reader.read(file.source).packed()
        file.source.chunks = None  # they are cut again where they are needed
        return file.packed


def _stamp(path: str) -> Stamp:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
