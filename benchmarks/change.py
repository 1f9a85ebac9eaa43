"""Change one object of a tree, each time another way."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The tag of a container's image, but for templates.
_TAG = re.compile(rb"\bimage\"?: *[\"']?[\w./-]+:([\w.-]+)(?=[\"'\s,])")
_HEAD = 1 << 16


class Change:
    """A change of the tag of one image, in the first of *files* that has one near its beginning.

    Written over what was there, at the same length: a file of 50 MB need not be in memory.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self.possible = False
        self._turns = count(1)
        for name in files:
            with Path(name).open("rb") as file:
                tag = _TAG.search(file.read(_HEAD))
            if tag:
                self.possible = True
                self._file, self._start, self._before = Path(name), tag.start(1), tag[1]
                self._now = self._before
                return

    def __call__(self) -> None:
        """Change it."""
        tags = (str(turn).encode().zfill(len(self._now)) for turn in self._turns)
        self._write(next(tag[-len(self._now) :] for tag in tags if tag != self._now))

    def undo(self) -> None:
        """Leave the file as it was."""
        if self.possible:
            self._write(self._before)

    def _write(self, tag: bytes) -> None:
        with self._file.open("r+b") as file:
            file.seek(self._start)
            file.write(tag)
        self._now = tag
