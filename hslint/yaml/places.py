"""A text and the places in it, as people count them."""

from __future__ import annotations

from bisect import bisect_right

from hslint.yaml.fault import YamlFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.yaml.event import Place


def decode(text: bytes) -> str:
    """The text without its byte order mark. Raises YamlFault for bytes that are no UTF-8."""
    try:
        return text.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode().removeprefix("\ufeff")
        raise YamlFault(
            before.count("\n"),
            len(before) - before.rfind("\n") - 1,
            "encoding",
            f"the byte {text[error.start]:#04x} is not UTF-8, which the file claims to be",
            "save the file as UTF-8",
        ) from error


class Places:
    """Places in the text as (line, column); lines end with a line feed and nothing else.

    YAML counts a carriage return, U+0085, U+2028 and U+2029 as ends of lines too; editors do not.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts: list[int] = []
        self._agree = not any(end in source for end in "\r\x85\u2028\u2029")

    def of(self, place: Place) -> tuple[int, int]:
        """A place the parser names."""
        return (place.line, place.column) if self._agree else self.at(place.index)

    def index(self, place: tuple[int, int]) -> int:
        """The index of the character at a place that ``of`` or ``at`` named."""
        self.at(0)
        return self._starts[place[0]] + place[1]

    def at(self, index: int) -> tuple[int, int]:
        """The place of the character at *index*."""
        if not self._starts:
            start = 0
            for written in self._source.split("\n"):
                self._starts.append(start)
                start += len(written) + 1
        line = bisect_right(self._starts, index) - 1
        return line, index - self._starts[line]
