"""Work shared between processes, where the system can fork them; else it is done right here."""

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
#: When ``each`` begins to tell how far it is, on the clock of ``monotonic``; None for never.
tell_from: float | None = None


def workers() -> int:
    """How many processes can work at once: one where forking is not to be had."""
    if not hasattr(os, "fork"):
        return 1
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
    processes = min(processes, len(jobs))
    if processes < 2:
        return [work(jobs[number]) for number in _told(range(len(jobs)), len(jobs), doing)]
    queue, entrance = os.pipe()
    os.write(entrance, b"".join(n.to_bytes(_WIDTH, "big") for n in range(len(jobs))))
    os.close(entrance)
    others = [_start(work, jobs, queue) for _ in range(processes - 1)]
    numbers = _told(_numbers(queue), len(jobs), doing)
    done = {number: work(jobs[number]) for number in numbers}
    os.close(queue)
    for process, pipe in others:
        done.update(_finish(process, pipe))
    return [done[n] if n in done else work(job) for n, job in enumerate(jobs)]


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


def _start(work: Callable[[T], Any], jobs: Sequence[T], queue: int) -> tuple[int, int]:
    from marshal import dumps

    reading, writing = os.pipe()
    process = os.fork()
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
