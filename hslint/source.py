"""A file as it was read."""

from __future__ import annotations


class Source:
    """The bytes of one file.

    ``named`` tells that the user named this very file, so that leaving it out would be a surprise.
    ``error`` says why it could not be read.
    """

    __slots__ = ("data", "error", "file", "named")

    def __init__(self, file: str, data: bytes, *, named: bool = False, error: str = "") -> None:
        self.file = file
        self.data = data
        self.named = named
        self.error = error
