"""Changes of single objects of a tree: of what others can see, or cannot."""

from __future__ import annotations

import re
from itertools import count, cycle
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The tag of a container's image, but for templates; the number of a port.
IMAGE = re.compile(rb"\bimage\"?: *[\"']?[\w./-]+:([\w.-]+)(?=[\"'\s,])")
PORT = re.compile(rb"\b(?:port|containerPort)\"?: *(\d{2,})(?=[\s,])")
_HEAD = 1 << 16


class Change:
    """Changes IMAGE or PORT, each time in another one of the *files* that have one near the start.

    Written over what was there, at the same length: a file of 50 MB need not be in memory.
    """

    def __init__(self, files: Iterable[str], what: re.Pattern[bytes]) -> None:
        self._numbers = count(1)
        #: What was there, and where.
        self._before: dict[Path, tuple[int, bytes]] = {}
        for name in sorted(files):
            with Path(name).open("rb") as file:
                found = what.search(file.read(_HEAD))
            if found:
                self._before[Path(name)] = found.start(1), found[1]
        self.possible = bool(self._before)
        turns = list(self._before)
        Random(1).shuffle(turns)
        self._turns = cycle(turns)
        self._now = {file: text for file, (_, text) in self._before.items()}

    def __call__(self) -> None:
        """Change one."""
        file = next(self._turns)
        length = len(self._now[file])
        others = (str(10 ** (length - 1) + number).encode()[-length:] for number in self._numbers)
        self._write(file, next(other for other in others if other != self._now[file]))

    def undo(self) -> None:
        """Leave the files as they were."""
        for file, (_, before) in self._before.items():
            if self._now[file] != before:
                self._write(file, before)

    def _write(self, file: Path, other: bytes) -> None:
        with file.open("r+b") as opened:
            opened.seek(self._before[file][0])
            opened.write(other)
        self._now[file] = other
