"""Show what each rule costs, the dearest first.

    python benchmarks/rule_costs.py ~/src/kubernetes/examples

Times are those of the processor. What several rules ask of the world is worked out for the first
who asks, and is told as its cost.
"""

from __future__ import annotations

import argparse
import gc
from time import process_time_ns
from typing import TYPE_CHECKING, Any

from hslint.engine import lint
from hslint.files import find
from hslint.registry import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hslint.contract import Problem


class Cost:
    """How often a rule ran, what it found, and its processor time in ns."""

    def __init__(self, check: Callable[..., Iterable[Problem]]) -> None:
        self.runs = self.found = self.time = 0
        self._check = check

    def check(self, *seen: Any) -> Iterator[Problem]:
        """What the rule finds."""
        start = process_time_ns()
        found = list(self._check(*seen))
        self.time += process_time_ns() - start
        self.runs += 1
        self.found += len(found)
        return iter(found)


def main() -> None:
    """Check the paths and print a Markdown table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", nargs="+")
    parser.add_argument("--top", type=int, default=40, help="so many rules; 40 if left out")
    options = parser.parse_args()
    gc.disable()  # as hslint does
    rules = load()
    costs = {rule.name: Cost(rule.check) for rule in rules}
    for rule in rules:
        rule.check = costs[rule.name].check
    result = lint(find(options.path), rules)
    spent = clock()
    for cost in costs.values():
        cost.time = max(0, cost.time - round(cost.runs * spent))
    whole = sum(cost.time for cost in costs.values()) / 1e3
    runs = sum(cost.runs for cost in costs.values())
    print(
        f"{result.files} files, {result.documents} objects: {runs} runs of {len(costs)} rules,"
        f" {whole / 1e3:.0f} ms, {whole / max(1, result.files):.1f} µs a file,"
        f" {whole / max(1, result.documents):.1f} µs an object\n"
    )
    print("| rule | runs | found | ms | µs a run |\n| --- | ---: | ---: | ---: | ---: |")
    dearest = sorted(costs.items(), key=lambda item: -item[1].time)
    for name, cost in dearest[: options.top]:
        each = cost.time / 1e3 / max(1, cost.runs)
        print(f"| {name} | {cost.runs} | {cost.found} | {cost.time / 1e6:.1f} | {each:.2f} |")


def clock(runs: int = 100_000) -> float:
    """What reading the clock adds to a run, in ns: for a check that does nothing."""
    cost = Cost(lambda: ())
    for _ in range(runs):
        cost.check()
    return cost.time / runs


if __name__ == "__main__":
    main()
