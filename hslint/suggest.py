"""The known name that a misspelt one most likely means."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


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
    """The known name that *name* surely is a slip for, or None.

    Stricter than ``closest``: ``cart-service`` is no slip for ``auth-service``, nor ``db-1`` for
    ``db-2``. Word by word at most one may differ, and only by a few letters.
    """
    from difflib import SequenceMatcher  # slow to import, and only findings need it

    best, found = 0.85, None
    for other in known:
        if other == name or _without_digits(other) == _without_digits(name):
            continue
        if other.replace("-", "") == name.replace("-", "").replace("_", ""):
            return other
        pairs = [(a, b) for a, b in zip(name.split("-"), other.split("-"), strict=False) if a != b]
        if len(pairs) != 1 or name.count("-") != other.count("-"):
            continue
        ratio = SequenceMatcher(None, name, other).ratio()
        if ratio >= best and SequenceMatcher(None, *pairs[0]).ratio() >= 0.75:
            best, found = ratio, other
    return found


def _without_digits(name: str) -> str:
    return "".join(character for character in name if not character.isdigit())
