"""What was measured, as Markdown."""

from __future__ import annotations

import os
import platform
import resource
from typing import TYPE_CHECKING

from benchmarks.peers import manifests
from hslint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.measure import Taken

    #: A workload's name, its size, and what each program took for it.
    Row = tuple[str, str, dict[str, Taken]]

MODES = ("cold", "warm", "image changed", "port changed")
LIMITS = ("interpreter", "read, hash", "libyaml")
RIVAL = "kubeconform"


def size(path: Path) -> str:
    """How much there is to check."""
    sizes = [os.path.getsize(file) for file in manifests(path) if os.path.isfile(file)]
    files = f"{len(sizes):,} files" if len(sizes) != 1 else "1 file"
    much = sum(sizes)
    return f"{files}, {f'{much / 1e6:.1f} MB' if much >= 1e6 else f'{much / 1e3:.1f} KB'}"


def told(rows: Sequence[Row], versions: Sequence[str], peers: Sequence[str], rounds: int) -> str:
    """All tables, with what ran where."""
    hslint = [f"hslint {mode}" for mode in MODES]
    ratios = [f"{mode} ÷ {RIVAL}" for mode in MODES] if RIVAL in peers else []
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    python = f"Python {platform.python_version()}"
    medians = (
        f"Medians of at most {rounds} rounds; a peer that was stopped is not run on larger ones."
    )
    memory = (
        "Memory of the largest process of each (hslint works in several);"
        f" less than {own:.0f} MB, which the benchmark itself has, cannot be told:"
    )
    return "\n".join(
        [
            f"{', '.join([f'hslint {__version__}', python, *versions])}; {machine}. {medians}",
            "",
            *_table(
                ["median, ms", "", *hslint, *peers, *ratios],
                [
                    [*_times(row, (*MODES, *peers)), *(_ratio(row, m) for m in MODES if ratios)]
                    for row in rows
                ],
            ),
            "",
            "What no linter in Python is faster than, the interpreter's start included:",
            "",
            *_table(
                ["median, ms", "", "start", "read and hash", "libyaml alone"],
                [_times(row, LIMITS) for row in rows],
            ),
            "",
            memory,
            "",
            *_table(
                ["peak, MB", "", *hslint, *peers], [_peaks(row, (*MODES, *peers)) for row in rows]
            ),
        ]
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---", "---", *["---:"] * (len(head) - 2)]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def _times(row: Row, programs: Sequence[str]) -> list[str]:
    name, much, taken = row
    return [name, much, *(_time(taken.get(program)) for program in programs)]


def _time(taken: Taken | None) -> str:
    if taken is None:
        return ""
    if not taken.seconds:
        return taken.why
    return f"{taken.median * 1e3:,.0f}"


def _ratio(row: Row, mode: str) -> str:
    taken = row[2]
    if mode not in taken or RIVAL not in taken:
        return ""
    ratio = taken[mode].ratio(taken[RIVAL])
    return "" if ratio is None else f"{ratio:.2f}"


def _peaks(row: Row, programs: Sequence[str]) -> list[str]:
    name, much, taken = row
    peaks = [taken[program].peak if program in taken else 0 for program in programs]
    return [name, much, *(f"{peak / 1e6:,.0f}" if peak else "" for peak in peaks)]
