"""Work shared between processes, where the system can fork them; else it is done right here."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")


def workers() -> int:
    """How many processes can work at once: one where forking is not to be had."""
    if not hasattr(os, "fork"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shares(items: Sequence[T], weights: Sequence[int], number: int) -> list[Sequence[T]]:
    """Cut *items* into at most *number* runs of about the same weight."""
    cuts = [0]
    goal, weight = sum(weights) / number, 0.0
    for index, each in enumerate(weights):
        weight += each
        if weight >= goal * len(cuts) and len(cuts) < number:
            cuts.append(index + 1)
    return [items[a:b] for a, b in zip(cuts, [*cuts[1:], len(items)], strict=True) if a < b]


def each(work: Callable[[T], Any], jobs: Sequence[T]) -> list[Any]:
    """The results of *work* for all *jobs*, in order; each but the last in a process of its own.

    Results are plain data. A job whose process fails is done here, so that it fails in the open.
    """
    started = [_start(work, job) for job in jobs[:-1]]
    own = [work(job) for job in jobs[-1:]]
    results = []
    for (process, pipe), job in zip(started, jobs, strict=False):
        told = _finish(process, pipe)
        results.append(work(job) if told is None else told[0])
    return results + own


def _start(work: Callable[[T], Any], job: T) -> tuple[int, int]:
    from marshal import dumps

    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        os.close(reading)
        data = memoryview(dumps((work(job),)))
        while data:
            data = data[os.write(writing, data) :]
        status = 0
    finally:
        os._exit(status)  # without the parent's clean-up


def _finish(process: int, pipe: int) -> tuple[Any] | None:
    """What the process told, in a tuple; None if it failed."""
    from marshal import loads

    parts = []
    while part := os.read(pipe, 1 << 20):
        parts.append(part)
    os.close(pipe)
    _, status = os.waitpid(process, 0)
    return None if status else loads(b"".join(parts))  # noqa: S302  our own process
