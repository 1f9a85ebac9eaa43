"""One line on a terminal that tells how far a long run is.

A line feed less and a carriage return more than print: rich would take longer to import than many
a run takes.
"""

from __future__ import annotations

import sys

#: To the left edge, and all of the line away.
_CLEAR = "\r\x1b[K"
#: What was shown last; "" while nothing is.
_shown = ""


def show(what: str, done: int, jobs: int) -> None:
    """Say that so many of the *jobs* are done or being done, in place of what was said before."""
    global _shown  # noqa: PLW0603  there is one terminal
    text = f"{what}: {100 * done // jobs} %"
    if text != _shown:
        _shown = text
        sys.stderr.write(f"{_CLEAR}{text}")
        sys.stderr.flush()


def clear() -> None:
    """Take the line away."""
    global _shown  # noqa: PLW0603
    if _shown:
        _shown = ""
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()
