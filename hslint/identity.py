"""Which finding it is, whatever line it stands on: how baselines and CI know it again."""

from __future__ import annotations

import os

from hslint.cachedir import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from hslint.finding import Finding

    #: Rule, file, apiVersion, kind, namespace and name of the object, and the field in it; empty
    #: where there is none.
    Identity: TypeAlias = tuple[str, str, str, str, str, str, str]


def identity(finding: Finding) -> Identity:
    """What stays of a finding when lines are added above it, or the help is reworded."""
    place = finding.place
    api_version, kind, namespace, name = place.object or ("", "", None, None)
    file = relative(place.span.file)
    return finding.rule, file, api_version, kind, namespace or "", name or "", place.path or ""


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """A short hash of each finding's identity, and of its number among those that share it."""
    seen: dict[Identity, int] = {}
    for finding in findings:
        known = identity(finding)
        seen[known] = seen.get(known, 0) + 1
        data = repr((known, seen[known])).encode("utf-8", "backslashreplace")
        yield digest(data).hex()


def relative(file: str) -> str:
    """The path from the current folder, with ``/`` and without ``./``; absolute outside of it."""
    if file.startswith("<"):  # standard input
        return file
    path = os.path.abspath(file)
    here = os.path.join(os.getcwd(), "")
    shown = path.removeprefix(here) if path.startswith(here) else path
    return shown.replace(os.sep, "/")
