"""What a run is asked for."""

from __future__ import annotations

from hslint.cachedir import folder as cache_folder
from hslint.contract import WARNING
from hslint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hslint.contract import Severity


class Options:
    """What the command line can change, as it is when nothing is said.

    ``fail_on`` None stands for what is shown, but nothing below a warning: whoever asks to see more
    does not ask to fail on it, and nothing hidden makes a run fail.

    ``config`` is a config file's path: None for the one that is found, "" for none. ``said`` names
    the options that the command line holds, so that a config does not change them. ``stdin`` is the
    file that standard input stands for. ``rules`` are folders with more rules.
    """

    __slots__ = (
        "add_ignores",
        "baseline",
        "cache",
        "config",
        "fail_on",
        "ignore",
        "jobs",
        "level",
        "reports",
        "rules",
        "said",
        "schemas",
        "select",
        "settings",
        "statistics",
        "stdin",
        "write_baseline",
    )

    def __init__(self) -> None:
        self.cache: str | None = cache_folder()
        self.jobs: int | None = None
        #: Formats, each with the file that it goes to; at most one has none.
        self.reports: Sequence[tuple[str, str | None]] = (("text", None),)
        self.statistics = False
        self.add_ignores: str | None = None
        self.baseline: str | None = None
        self.write_baseline: str | None = None
        self.level: Severity = WARNING
        self.fail_on: str | None = None
        self.select: Sequence[str] = ()
        self.ignore: Sequence[str] = ()
        self.schemas: Sequence[str] = ()
        self.settings = Settings()
        self.config: str | None = None
        self.said: Collection[str] = ()
        self.stdin = ""
        self.rules: Sequence[str] = ()
