"""Change one object of a tree, each time another way: what others can see of it, or cannot."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The tag of a container's image, but for templates; the number of a port.
IMAGE = re.compile(rb"\bimage\"?: *[\"']?[\w./-]+:([\w.-]+)(?=[\"'\s,])")
PORT = re.compile(rb"\b(?:port|containerPort)\"?: *(\d{2,})(?=[\s,])")
_HEAD = 1 << 16


class Change:
    """A change of IMAGE or PORT, in the first of *files* that has one near its beginning.

    Written over what was there, at the same length: a file of 50 MB need not be in memory.
    """

    def __init__(self, files: Iterable[str], what: re.Pattern[bytes]) -> None:
        self.possible = False
        self._turns = count(1)
        for name in files:
            with Path(name).open("rb") as file:
                found = what.search(file.read(_HEAD))
            if found:
                self.possible = True
                self._file, self._start, self._before = Path(name), found.start(1), found[1]
                self._now = self._before
                return

    def __call__(self) -> None:
        """Change it."""
        length = len(self._now)
        others = (str(10 ** (length - 1) + turn).encode()[-length:] for turn in self._turns)
        self._write(next(other for other in others if other != self._now))

    def undo(self) -> None:
        """Leave the file as it was."""
        if self.possible:
            self._write(self._before)

    def _write(self, other: bytes) -> None:
        with self._file.open("r+b") as file:
            file.seek(self._start)
            file.write(other)
        self._now = other
