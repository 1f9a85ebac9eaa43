"""Run programs in turns, and tell how long they took and how much memory they had."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from statistics import median
from threading import Timer
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: What ru_maxrss counts in.
_UNIT = 1 if sys.platform == "darwin" else 1024


class FailedError(Exception):
    """A program could not do its work; says which and why."""


class TooSlowError(Exception):
    """A program was stopped."""


@dataclass
class Program:
    """A program to time: its command, and what to do before each run, which is not timed."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None
    #: Seconds after which it is stopped.
    limit: float = 3600


@dataclass
class Taken:
    """What a program took: seconds by round, and the bytes of its largest process."""

    seconds: dict[int, float] = field(default_factory=dict)
    peak: int = 0
    #: Why there are no further runs; empty when nothing is wrong.
    why: str = ""
    too_slow: bool = False

    @property
    def median(self) -> float:
        """Seconds of the run in the middle."""
        return median(self.seconds.values())

    def ratio(self, other: Taken) -> float | None:
        """The median of the ratios to *other* within a round; None without a common round."""
        both = self.seconds.keys() & other.seconds.keys()
        return median(self.seconds[r] / other.seconds[r] for r in both) if both else None


def turns(programs: Sequence[Program], rounds: int, enough: float) -> list[Taken]:
    """Run all programs, *rounds* times one after the other, so that all meet the same machine.

    One that was stopped takes part no more; nor does one, from then on, that has had *enough*
    seconds altogether.
    """
    found = [Taken() for _ in programs]
    for turn in range(rounds):
        for program, taken in zip(programs, found, strict=True):
            if taken.why or sum(taken.seconds.values()) >= enough:
                continue
            program.before()
            try:
                seconds, peak = run(program.command, program.limit)
            except TooSlowError:
                taken.why, taken.too_slow = f"over {program.limit:.0f} s", True
            except FailedError as error:
                taken.why = "failed"
                print(f"{program.name}: {error}", file=sys.stderr)
            else:
                taken.seconds[turn] = seconds
                taken.peak = max(taken.peak, peak)
    return found


def run(command: Sequence[str], limit: float) -> tuple[float, int]:
    """Run a linter: (seconds, bytes of the largest of its processes).

    Raises TooSlowError after *limit* seconds, and FailedError if it did not come to a verdict:
    status 0, or status 1 with something to say.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
        start = perf_counter()
        try:
            process = subprocess.Popen(command, stdout=out, stderr=complaints, process_group=0)
        except OSError as error:  # not there, or more files than fit into a command
            raise FailedError(error.strerror) from error
        killer = Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        killer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            killer.cancel()
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # Popen need not wait any more
        if process.returncode == -signal.SIGKILL and seconds >= limit:
            raise TooSlowError
        if process.returncode not in {0, 1} or (process.returncode and not out.tell()):
            complaints.seek(0)
            last = complaints.read().decode(errors="replace").strip()[-300:]
            message = f"status {process.returncode}: {last}"
            raise FailedError(message)
    return seconds, usage.ru_maxrss * _UNIT
