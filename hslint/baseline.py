"""A baseline: the findings that a repository has already, so that only new ones are shown.

They are known by rule, file, object and field and by how many there are, not by line. The file is
JSON with one finding a line, sorted, so that it shows well in a diff.
"""

from __future__ import annotations

import os

from hslint.contract import SEVERITIES
from hslint.files import STDIN, STDIN_NAME, PathError
from hslint.identity import identity
from hslint.writing import write as replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import Any, TypeAlias

    from hslint.contract import Severity
    from hslint.identity import Identity
    from hslint.result import Result

    #: How many findings there are of each identity, and how bad they are.
    Known: TypeAlias = dict[Identity, tuple[int, str]]

_MARK, VERSION = "hslint-baseline", 1
_FIELDS = ("rule", "file", "apiVersion", "kind", "namespace", "name", "path")
#: As the lines of the file are read and sorted: by file first.
_ORDER = ("file", "apiVersion", "kind", "namespace", "name", "path", "rule", "severity", "count")


class Baseline:
    """The baseline of a run: an old one to hide by, or a new one that knows all the run finds."""

    __slots__ = ("_known", "_new", "_path")

    def __init__(self, path: str | None, new: str | None) -> None:
        """Read the one at *path*, unless a *new* one is to be written; raises PathError.

        A new one takes the place of an old one, even of a damaged one, but of no other file.
        """
        if new and os.path.isfile(new) and not _may_be_one(new):
            message = f"{new}: this is no baseline, so it is not overwritten; the file for"
            message += " the baseline comes first: `--write-baseline FILE PATH...`"
            raise PathError(message)
        self._path = new or path or ""
        self._new = bool(new)
        self._known = {} if new else read(self._path)

    def hide(
        self, result: Result, paths: Sequence[str], rules: Callable[[], Collection[str]]
    ) -> str:
        """Take what is known out of *result*; return a line that says so. Raises PathError.

        *rules* gives the names of the rules that ran; it is asked only where something is missing.
        """
        if self._new:
            self._known = write(self._path, result)
        before = len(result.findings)
        left = hide(result, self._known)
        hidden = _findings(before - len(result.findings))
        if self._new:
            return f"{hidden} remembered in {self._path}.\n"
        missing = gone(left, paths, rules(), result.level) if left else 0
        told = f"Hidden by {self._path}: {hidden}.\n"
        if missing:
            verb = "is" if missing == 1 else "are"
            told += f"{_findings(missing)} of the baseline {verb} gone; write it anew with"
            told += f" `--write-baseline {self._path}`.\n"
        return told


def _findings(number: int) -> str:
    return f"{number} finding" if number == 1 else f"{number} findings"


def write(path: str, result: Result) -> Known:
    """Remember the findings of *result* in a file; raises PathError."""
    known: Known = {}
    for finding in result.findings:
        which = identity(finding)
        number, _ = known.get(which, (0, ""))
        known[which] = number + 1, finding.severity.name
    replace({path: _text(known).encode()}, {})
    return known


def read(path: str) -> Known:
    """What a file remembers; raises PathError."""
    from json import loads

    try:
        with open(path, encoding="utf-8") as file:
            held = loads(file.read())
    except OSError as error:
        raise PathError.of(path, error) from error
    except (ValueError, RecursionError) as error:
        message = f"{path}: the baseline is damaged: {error}"
        raise PathError(message) from error
    if not isinstance(held, dict) or _MARK not in held:
        message = f"{path}: this is no baseline: `--write-baseline {path}` makes one"
        raise PathError(message)
    if held[_MARK] != VERSION:
        message = f"{path}: a baseline of version {held[_MARK]}, and this hslint reads {VERSION}"
        raise PathError(message)
    known: Known = {}
    entries = held.get("findings")
    for entry in entries if isinstance(entries, list) else [None]:
        if entry is None or not _is_entry(entry):
            message = f"{path}: the baseline is damaged: {entry} is no finding"
            raise PathError(message)
        which = tuple(entry.get(field, "") for field in _FIELDS)
        number, _ = known.get(which, (0, ""))  # a merge may leave two lines of the same
        known[which] = max(number, entry["count"]), entry["severity"]
    return known


def _may_be_one(path: str) -> bool:
    """Whether a file is a baseline, though perhaps a damaged one, or empty; raises PathError."""
    try:
        with open(path, "rb") as file:
            held = file.read().lstrip()
    except OSError as error:
        raise PathError.of(path, error) from error
    return not held or (held.startswith(b"{") and f'"{_MARK}"'.encode() in held)


def hide(result: Result, known: Known) -> Known:
    """Take what is known out of *result*; return what of it was not found."""
    left = dict(known)
    kept = []
    for finding in result.findings:
        which = identity(finding)
        number, severity = left.get(which, (0, ""))
        if not number:
            kept.append(finding)
            continue
        left[which] = number - 1, severity
        name = finding.severity.name
        result.counts[name] -= 1
        if not result.counts[name]:
            del result.counts[name]
    result.findings = kept
    return {which: rest for which, rest in left.items() if rest[0]}


def gone(left: Known, paths: Sequence[str], rules: Collection[str], level: Severity) -> int:
    """How many findings that are *left* are really gone: who looks at less cannot tell.

    The run looked at *paths*, for *rules*, and for what is at least as bad as *level*.
    """
    places = [os.path.abspath(STDIN_NAME if path == STDIN else path) for path in paths]
    return sum(
        number
        for (rule, file, *_), (number, severity) in left.items()
        if rule in rules and SEVERITIES[severity] >= level and _is_in(places, file)
    )


def _is_in(places: Sequence[str], file: str) -> bool:
    path = os.path.abspath(file)
    return any(path == place or path.startswith(os.path.join(place, "")) for place in places)


def _text(known: Known) -> str:
    from json import dumps

    entries = []
    for which, (number, severity) in known.items():
        values: dict[str, Any] = dict(zip(_FIELDS, which, strict=True))
        values |= {"severity": severity, "count": number}
        entries.append({field: values[field] for field in _ORDER if values[field]})
    entries.sort(key=lambda entry: [str(entry.get(field, "")) for field in _ORDER])
    lines = ",\n".join(f"    {dumps(entry)}" for entry in entries)
    inside = f"\n{lines}\n  " if lines else ""
    return f'{{\n  "{_MARK}": {VERSION},\n  "findings": [{inside}]\n}}\n'


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict) or not entry.keys() <= set(_ORDER):
        return False
    count = entry.get("count")
    return (
        all(isinstance(entry.get(field, ""), str) for field in _FIELDS)
        and entry.get("severity") in list(SEVERITIES)  # which nothing is too odd to be held against
        and isinstance(count, int)
        and count > 0
        and "rule" in entry
        and "file" in entry
    )
