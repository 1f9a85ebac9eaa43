"""What a run found, and what it covered."""

from __future__ import annotations

from hslint.contract import INFO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hslint.contract import Severity
    from hslint.finding import Finding
    from hslint.source import Source


class Result:
    """The findings of a run, sorted, and what it covered."""

    __slots__ = (
        "along",
        "counts",
        "documents",
        "faults",
        "files",
        "findings",
        "fixed",
        "hidden",
        "level",
        "skipped",
        "sources",
        "status",
        "without_schema",
    )

    def __init__(self, level: Severity = INFO) -> None:
        #: What is listed in ``findings``; what is less bad is only counted.
        self.level = level
        self.findings: list[Finding] = []
        #: How many findings there are, by the name of their severity.
        self.counts: dict[str, int] = {}
        #: How many findings were fixed, and in how many files, before the run that found these.
        self.fixed = 0, 0
        #: How many findings a baseline hides.
        self.hidden = 0
        #: The files that are given, and the objects in them.
        self.files = 0
        self.documents = 0
        #: The other files of the project, which were read along.
        self.along = 0
        #: (file, why) of what was not checked.
        self.skipped: list[tuple[str, str]] = []
        #: How many objects of each kind have no schema, by ``Kind.group/version``.
        self.without_schema: dict[str, int] = {}
        #: Rules that failed, said in full: faults of hslint's own.
        self.faults: list[str] = []
        #: The files that were looked into, and what the run exits with: hslint.run knows both.
        self.sources: Sequence[Source] = ()
        self.status = 0

    @property
    def empty(self) -> bool:
        """Whether there was nothing to check."""
        return not (self.documents or self.counts or self.hidden)

    def add(self, counts: Mapping[str, int], findings: Iterable[Finding]) -> None:
        """Take in more findings, and how many there are in all by severity."""
        for name, number in counts.items():
            self.counts[name] = self.counts.get(name, 0) + number
        self.findings += findings
