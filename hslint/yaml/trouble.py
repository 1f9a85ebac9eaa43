"""What a parser knows when it gives up on a text."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    #: Line and column from 0, what is wrong, what to write instead; or nothing to say.
    Answer = tuple[int, int, str, str] | None


class Trouble:
    """What the parser knows when it gives up.

    ``line`` and ``column`` are where it stood, ``problem`` what it says, ``opening`` where the
    thing began that it was reading, ``quoted`` where the last quoted text begins and ends.
    """

    def __init__(
        self,
        source: str,
        problem: str,
        place: tuple[int, int],
        opening: tuple[int, int] | None,
        quoted: tuple[tuple[int, int], tuple[int, int]] | None,
    ) -> None:
        self.lines = [*source.split("\n"), ""]
        self.problem = problem
        self.line, self.column = place
        self.opening = opening
        self.quoted = quoted

    @property
    def text(self) -> str:
        """The line where the parser stood."""
        return self.lines[self.line]

    @property
    def rest(self) -> str:
        """What is left of that line."""
        return self.text[self.column :]

    def before(self) -> int | None:
        """The number of the last line above with anything on it."""
        for number in range(self.line - 1, -1, -1):
            if self.lines[number].strip() and not self.lines[number].lstrip().startswith("#"):
                return number
        return None


#: A key and its colon.
KEY = re.compile(
    r"\s*(?:- +)*(?P<key>[^\s#:'\"\[{&*!|>%@`-][^:#]*?|\"[^\"]*\"|'[^']*')\s*:(?:\s+|$)"
)


def short(text: str) -> str:
    """The text without blanks around it, cut where it gets long."""
    text = text.strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


_LONGEST = 40
