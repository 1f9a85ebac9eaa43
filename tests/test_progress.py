"""How far a run is: told on a terminal, of a long run only, and gone when it ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import hslint
from hslint import progress, workers

if TYPE_CHECKING:
    from pathlib import Path

#: What takes the line before away.
LINE = r"\r\x1b\[K"
OBJECT = b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


@pytest.mark.parametrize("processes", [1, 2])
def test_work_that_takes_long_is_told_of_and_the_line_goes_away(
    processes: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "tell_from", 0.0)
    jobs = list(range(40))

    def work(job: int) -> int:
        time.sleep(0.005)  # so that each process gets some
        return job

    assert workers.each(work, jobs, processes, "reading files") == jobs
    progress.clear()
    told = capsys.readouterr().err
    assert told.startswith("\r\x1b[Kreading files: ")
    assert told.endswith(" %\r\x1b[K")
    steps = [int(part.split()[-2]) for part in told.split("\r\x1b[K")[1:-1]]
    assert steps == sorted(set(steps))
    assert steps[-1] < 100


def test_what_is_not_waited_for_is_not_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    workers.each(lambda job: job, range(40), 1, "reading files")

    progress.clear()
    assert capsys.readouterr().err == ""


#: hslint, as if it had begun so many seconds ago: a test waits for nothing.
PROGRAM = """
import sys, time
import hslint.run
ago = float(sys.argv.pop(1))
hslint.run.monotonic = lambda: time.monotonic() - ago
from hslint.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(
    ("ago", "term", "shown"),
    [
        (-60, "xterm", ""),
        (1, "xterm", f"({LINE}reading files: \\d+ %)+({LINE}judging objects: \\d+ %)+{LINE}"),
        (1, "dumb", ""),
    ],
)
def test_a_terminal_shows_it_after_a_second(
    tmp_path: Path, ago: int, term: str, shown: str
) -> None:
    outer, inner = os.openpty()
    sources = os.path.dirname(os.path.dirname(hslint.__file__))
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(ago), "-"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": sources, "TERM": term},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=inner,
    ) as child:
        os.close(inner)
        report, _ = child.communicate(OBJECT)
        told = b""
        with suppress(OSError):  # Linux ends a terminal with an error
            while piece := os.read(outer, 10_000):
                told += piece
    os.close(outer)
    assert report == b"1 file, 1 object: no problems found.\n"
    assert re.fullmatch(shown, told.decode())
