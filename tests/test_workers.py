"""Several processes find what one finds."""

from __future__ import annotations

import multiprocessing
import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hslint import registry, workers
from hslint.engine import lint
from hslint.options import Options
from hslint.reading import Reader
from hslint.run import run
from hslint.source import Source

if TYPE_CHECKING:
    from pathlib import Path

RULES = registry.load()
PAIR = """\
apiVersion: v1
kind: Service
metadata:
  name: db-{n}
spec:
  clusterIP: None
  selector:
    app: db-{n}
  ports:
    - name: db
      port: 27017
      targetPort: {port}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db-{n}
  annotations:
    hslint/ignore: {ignored}
spec:
  serviceName: {service}
  selector:
    matchLabels:
      app: db-{n}
  template:
    metadata:
      labels:
        app: db-{n}
    spec:
      containers:
        - name: mongo
          image: mongo:8
          ports:
            - name: db
              containerPort: 27017
"""


def sources(number: int) -> list[Source]:
    """Files enough to be worth several processes, with something wrong in every third."""
    found = []
    for n in range(number):
        text = PAIR.format(
            n=n,
            port="mongo" if n % 3 == 1 else "db",
            service=f"db{n}" if n % 3 == 2 else f"db-{n}",
            ignored="governing-service-missing" if n % 2 else "octal-number",
        )
        if n % 50 == 7:
            text += "---\nkind: [\n"
        found.append(Source(f"{n % 7}/{n}.yaml", text.encode()))
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
def test_any_number_of_processes_finds_the_same() -> None:
    files = sources(1000)
    one, two, five = (lint(files, RULES, jobs=jobs) for jobs in (1, 2, 5))

    assert one.counts
    for other in (two, five):
        assert [f.plain() for f in other.findings] == [f.plain() for f in one.findings]
        assert other.counts == one.counts
        assert other.skipped == one.skipped
        assert other.faults == one.faults == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
def test_the_jobs_of_a_process_that_dies_are_done_here() -> None:
    parent = os.getpid()

    def work(job: int) -> int:
        time.sleep(0.01)  # so that others get their share
        if os.getpid() != parent:
            os._exit(3)
        return job * 10

    assert workers.each(work, range(20), 3) == [job * 10 for job in range(20)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
def test_several_processes_do_each_job_once_and_results_keep_their_order() -> None:
    def work(job: int) -> tuple[int, int]:
        time.sleep(0.001)
        return job, os.getpid()

    done = workers.each(work, range(500), 4)
    assert [job for job, _ in done] == list(range(500))
    assert len({process for _, process in done}) == 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
@pytest.mark.parametrize("call", ["pipe", "fork"])
@pytest.mark.parametrize("given", [0, 1, 2])
def test_where_no_more_processes_are_given_those_that_are_do_the_work(
    monkeypatch: pytest.MonkeyPatch, call: str, given: int
) -> None:
    real, calls = getattr(os, call), iter(range(given))

    def scarce() -> object:
        if next(calls, None) is None:
            raise BlockingIOError
        return real()

    before = os.listdir("/dev/fd")
    monkeypatch.setattr(os, call, scarce)

    assert workers.each(lambda job: job * 10, range(50), 8) == [job * 10 for job in range(50)]
    assert os.listdir("/dev/fd") == before


def work_of_a_pool(job: int) -> tuple[int, int]:
    return job, os.getpid()


def dying_work(job: int) -> int:
    if multiprocessing.parent_process() is not None:
        os._exit(3)
    return job


def test_without_a_fork_there_is_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)
    done = workers.each(work_of_a_pool, range(100), 2)

    assert [job for job, _ in done] == list(range(100))
    assert os.getpid() not in {process for _, process in done}
    assert {process for _, process in workers.each(work_of_a_pool, range(40), 2)} == {os.getpid()}
    assert workers.each(lambda job: job + 1, range(100), 2) == list(range(1, 101))
    assert workers.each(dying_work, range(100), 2) == list(range(100))


def test_without_a_fork_a_run_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for source in sources(300):
        file = tmp_path / source.file
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(source.data)
    options = Options()
    options.cache, options.jobs = None, 2
    run([str(tmp_path)], options)
    forked = capsys.readouterr()
    monkeypatch.delattr(os, "fork", raising=False)
    monkeypatch.setattr(workers, "_WORTH", 1)
    monkeypatch.setattr(Reader, "read", lambda *_: pytest.fail("read here"))
    run([str(tmp_path)], options)

    assert capsys.readouterr() == forked
    assert "target-port-not-found" in forked.out


@given(st.lists(st.integers(0, 100)), st.integers(1, 300))
def test_runs_hold_everything_in_order(weights: list[int], least: int) -> None:
    runs = workers.runs(weights, least)

    assert [number for run in runs for number in run] == list(range(len(weights)))
    assert all(sum(weights[number] for number in run) >= least for run in runs[:-1])


def test_there_are_never_more_runs_than_a_queue_holds() -> None:
    assert len(workers.runs([1] * 100_000, 1)) <= 1024
