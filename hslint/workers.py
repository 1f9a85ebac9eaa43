"""Work shared between processes: forked ones, or those of the standard pool where none can be."""

from __future__ import annotations

import os
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")

#: The bytes of a job's number in the queue, and how many of them any pipe takes at once.
_WIDTH, _MOST = 4, 4096
#: Processes that are not forked begin from nothing: each must have so many jobs to be worth it.
_WORTH = 25
#: When ``each`` begins to tell how far it is, on the clock of ``monotonic``; None for never.
tell_from: float | None = None
#: What a process of the pool does.
_taken: Callable[[Any], Any]


def workers() -> int:
    """How many processes can work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def runs(weights: Sequence[int], least: int) -> list[range]:
    """Cut items into runs that weigh at least so much; there are never more than fit a queue."""
    least = max(least, sum(weights) // (_MOST // _WIDTH - 1) + 1)
    found, start, weight = [], 0, 0
    for index, each in enumerate(weights):
        weight += each
        if weight >= least:
            found.append(range(start, index + 1))
            start, weight = index + 1, 0
    if start < len(weights):
        found.append(range(start, len(weights)))
    return found


def each(work: Callable[[T], Any], jobs: Sequence[T], processes: int, doing: str = "") -> list[Any]:
    """The results of *work* for all *jobs*, in order, done by so many processes.

    Each process, this one among them, takes the next job when it is done with one. Results are
    plain data. What a process leaves undone when it fails is done here, so that it fails in the
    open. *doing* says what is told of the work, if it takes long: jobs are taken in order, so that
    whoever takes one knows how many were taken before.
    """
    if not hasattr(os, "fork"):
        return _in_pool(work, jobs, min(processes, len(jobs) // _WORTH), doing)
    processes = min(processes, len(jobs))
    if processes < 2:
        return [work(jobs[number]) for number in _told(range(len(jobs)), len(jobs), doing)]
    try:
        queue, entrance = os.pipe()
    except OSError:  # no descriptor is left
        return each(work, jobs, 1, doing)
    os.write(entrance, b"".join(n.to_bytes(_WIDTH, "big") for n in range(len(jobs))))
    os.close(entrance)
    others = list(_started(work, jobs, queue, processes - 1))
    numbers = _told(_numbers(queue), len(jobs), doing)
    done = {number: work(jobs[number]) for number in numbers}
    os.close(queue)
    for process, pipe in others:
        done.update(_finish(process, pipe))
    return [done[n] if n in done else work(job) for n, job in enumerate(jobs)]


def _in_pool(work: Callable[[T], Any], jobs: Sequence[T], processes: int, doing: str) -> list[Any]:
    """The same where there is no fork; work that cannot be sent to a process is done right here."""
    told = _told(range(len(jobs)), len(jobs), doing)
    if processes < 2 or not _can_be_sent(work):
        return [work(jobs[number]) for number in told]
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, get_context("spawn"), _take, (work,)) as pool:
        try:
            return [result for _, result in zip(told, pool.map(_do, jobs), strict=True)]
        except BrokenProcessPool:
            return [work(job) for job in jobs]


def _can_be_sent(work: object) -> bool:
    from pickle import PicklingError, dumps

    try:
        dumps(work)
    except (AttributeError, PicklingError, TypeError):
        return False
    return True


def _take(work: Callable[[Any], Any]) -> None:
    """Take the work in, in a process of the pool."""
    global _taken  # noqa: PLW0603  the pool's own way
    _taken = work


def _do(job: object) -> Any:
    return _taken(job)


def _numbers(queue: int) -> Iterator[int]:
    """The numbers of the jobs that this process is to do."""
    while taken := os.read(queue, _WIDTH):
        yield int.from_bytes(taken, "big")


def _told(numbers: Iterable[int], jobs: int, doing: str) -> Iterator[int]:
    """The same numbers; each is told of when somebody is waiting."""
    for number in numbers:
        if tell_from is not None and doing and monotonic() > tell_from:
            from hslint.progress import show  # only a long run on a terminal

            show(doing, number, jobs)
        yield number


def _started(
    work: Callable[[T], Any], jobs: Sequence[T], queue: int, processes: int
) -> Iterator[tuple[int, int]]:
    """So many processes, or as many as the system gives."""
    for _ in range(processes):
        try:
            yield _start(work, jobs, queue)
        except OSError:
            return


def _start(work: Callable[[T], Any], jobs: Sequence[T], queue: int) -> tuple[int, int]:
    """A process and the pipe that its results come by; OSError where the system gives none."""
    from marshal import dumps

    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        os.close(reading)
        data = memoryview(dumps({number: work(jobs[number]) for number in _numbers(queue)}))
        while data:
            data = data[os.write(writing, data) :]
        status = 0
    finally:
        os._exit(status)  # without the parent's clean-up


def _finish(process: int, pipe: int) -> dict[int, Any]:
    """What the process did: nothing if it failed."""
    from marshal import loads

    parts = []
    while part := os.read(pipe, 1 << 20):
        parts.append(part)
    os.close(pipe)
    _, status = os.waitpid(process, 0)
    return {} if status else loads(b"".join(parts))  # noqa: S302  our own process
