"""A file to check; its bytes are read when they are first asked for."""

from __future__ import annotations

import os

from hslint.cachedir import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BINARY = getattr(os, "O_BINARY", 0)  # what Windows needs
_PIECE = 1 << 16


class SourceError(Exception):
    """A file that is no longer what it was when the run began; says which."""


class Source:
    """One file, by the name that reports give it.

    Its bytes are *data*, or those of the file at *path*. ``named`` tells that the user named this
    very file, so that leaving it out would be a surprise. ``chunks`` are its documents' texts,
    where they are remembered.
    """

    __slots__ = ("_data", "_digest", "_error", "_path", "chunks", "file", "named")

    def __init__(
        self,
        file: str,
        data: bytes | None = None,
        *,
        path: str = "",
        named: bool = False,
        error: str = "",
    ) -> None:
        self.file = file
        self.named = named
        self.chunks: list[Any] | None = None
        self._path = path
        self._data = data
        self._error = error
        self._digest = b""

    @property
    def data(self) -> bytes:
        """The bytes of the file; none where it cannot be read.

        Raises SourceError where they are not those of the first time.
        """
        if self._data is None:
            self._data = self._read()
            if self._digest and self._digest != self._digest_of(self._data):
                message = f"{self.file}: it was changed while hslint read it"
                raise SourceError(message)
        return self._data

    @property
    def error(self) -> str:
        """Why it cannot be read, or ""."""
        if not self._digest:
            _ = self.data
        return self._error

    @property
    def digest(self) -> bytes:
        """A short hash of what there is to read: equal when nothing has changed."""
        if not self._digest:
            self._digest = self._digest_of(self.data)
        return self._digest

    @digest.setter
    def digest(self, known: bytes) -> None:
        self._digest = known

    def keep(self) -> None:
        """Read it now and for good: a pipe gives its bytes only once."""
        self._data, self._path = self.data, ""

    def release(self) -> None:
        """Let go of the bytes; they are read again if they are asked for."""
        if self._path:
            self._data = self.chunks = None

    def _digest_of(self, data: bytes) -> bytes:
        found = digest(self._error.encode() if self._error else data)
        return found + b"named" if self.named else found  # it is not read quite like the others

    def _read(self) -> bytes:
        try:
            file = os.open(self._path, os.O_RDONLY | _BINARY)  # in half the time that `open` takes
            try:
                parts = [os.read(file, _PIECE)]
                while parts[-1]:
                    parts.append(os.read(file, _PIECE))
                return parts[0] if len(parts) == 2 else b"".join(parts)
            finally:
                os.close(file)
        except OSError as error:
            self._error = reason(error)
            return b""


def reason(error: OSError) -> str:
    """What the system says of a failure, as the end of a sentence."""
    return (error.strerror or str(error)).lower()
