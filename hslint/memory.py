"""What a function said of a text, remembered: manifests say the same few words again and again."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Answer = TypeVar("Answer")

#: So many answers are kept of each function; files that share words stand beside each other.
_MOST = 1000


class _Memory(dict[str, "Any"]):
    __slots__ = ("_function",)

    def __init__(self, function: Callable[[str], Any]) -> None:
        self._function = function

    def __missing__(self, text: str) -> Any:
        if len(self) >= _MOST:
            self.clear()
        answer = self[text] = self._function(text)
        return answer


def remembered(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same function, which answers at once when it was asked about the same text lately."""
    return _Memory(function).__getitem__
