"""The known name that a misspelt one most likely means."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_DIGITS = dict.fromkeys(range(ord("0"), ord("9") + 1))
#: How much of a misspelt name is right, and of the word in it that is wrong.
_ALIKE, _WORDS_ALIKE = 0.85, 0.75
#: Among so many names every one is looked at.
_FEW = 300


def around(name: str, known: list[str]) -> list[str]:
    """Those of the *known* names that *name* can be a slip for: all, or the nearest of very many.

    They are sorted; near are those that stand beside it in the alphabet.
    """
    if len(known) <= _FEW:
        return known
    at = bisect_left(known, name)
    return known[max(0, at - _FEW // 2) : at + _FEW // 2]


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to *name*, or None when none is near enough to be meant.

    The same letters in another case come first; then a name that extends or shortens it by whole
    words (``db`` and ``db-headless``); then the fewest differing letters.
    """
    from difflib import get_close_matches  # slow to import, and only findings need it

    others = [other for other in dict.fromkeys(known) if other and other != name]
    for other in others:
        if other.lower() == name.lower():
            return other
    near = get_close_matches(name, others, n=1, cutoff=0.75)
    if near:
        return near[0]
    extended = [
        o for o in others if name and (o.startswith(f"{name}-") or name.startswith(f"{o}-"))
    ]
    return min(extended, key=len) if extended else None


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """The known name that *name* surely is a slip for, or None."""
    return next(iter(slips(name, known)), None)


def slips(name: str, known: Iterable[str]) -> list[str]:
    """The known names that *name* surely is a slip for, the likeliest first; mostly none.

    Stricter than ``closest``: ``cart-service`` is no slip for ``auth-service``, nor ``db-1`` for
    ``db-2``. Word by word at most one may differ, and only by a few letters.
    """
    spaced: list[str] = []
    found: list[tuple[float, str]] = []
    words, letters = name.split("-"), name.replace("-", "").replace("_", "")
    for other in known:
        same = other.replace("-", "") == letters
        if not same and (other.count("-") + 1 != len(words) or _most(name, other) < _ALIKE):
            continue
        pairs = [(a, b) for a, b in zip(words, other.split("-"), strict=False) if a != b]
        if not same and len(pairs) != 1:
            continue
        if other == name or other.translate(_NO_DIGITS) == name.translate(_NO_DIGITS):
            continue
        if same:
            spaced.append(other)
        elif _ratio(*pairs[0]) >= _WORDS_ALIKE and (ratio := _ratio(name, other)) >= _ALIKE:
            found.insert(0, (ratio, other))
    found.sort(key=itemgetter(0), reverse=True)
    return spaced + [other for _, other in found]


def _most(one: str, other: str) -> float:
    """The ratio of alike letters that two texts of their lengths can have at most."""
    return 2 * min(len(one), len(other)) / (len(one) + len(other))


def _ratio(one: str, other: str) -> float:
    """The ratio of letters that are alike in two texts."""
    from difflib import SequenceMatcher  # slow to import, and only findings need it

    return SequenceMatcher(None, one, other).ratio()
