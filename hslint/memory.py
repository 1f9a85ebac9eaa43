"""What a function said of a text, remembered: manifests say the same few words again and again."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Answer = TypeVar("Answer")

#: So many answers are kept of most functions; files that share words stand beside each other.
_MOST = 1000


class Memory(dict[str, "Any"]):
    """The answers of a function: ``memory[text]`` asks it if the text is a new one.

    At most *most* are kept, of texts that are no longer than *longest*.
    """

    __slots__ = ("_function", "_longest", "_most")

    def __init__(self, function: Callable[[str], Any], most: int, longest: int = 1 << 62) -> None:
        self._function = function
        self._most = most
        self._longest = longest

    def __missing__(self, text: str) -> Any:
        answer = self._function(text)
        if len(text) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[text] = answer
        return answer


def remembered(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same function, which answers at once when it was asked about the same text lately."""
    return Memory(function, _MOST).__getitem__
