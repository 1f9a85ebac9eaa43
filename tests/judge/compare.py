"""Holds hslint against Kubernetes' own code: `python -m tests.judge.compare --minor 37`."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.judge import agreement, asking
from tests.judge.mutate import Mutator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.judge.agreement import Difference, Verdict

    #: An object, what Kubernetes says, in what hslint differs, whether it reached something new.
    Judged = tuple[dict[str, Any], Verdict, list[Difference], bool]

_BATCH = 250


def main() -> None:
    """Compare, and print agreement by kind, then each class of difference with an example."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minor", type=int, default=37)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", default=[], help="only this kind")
    parser.add_argument("--judge", type=Path, help="built already")
    parser.add_argument("--examples", type=int, default=1, help="objects shown of each class")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        judge = options.judge or asking.built(options.minor, Path(folder))
        mutator = Mutator(Random(options.seed), options.minor)
        found = list(judged(judge, mutator, options))
    _report(found, options.examples)
    print(f"\n{mutator.reached} validation branches and rules reached")


def judged(judge: Path, mutator: Mutator, options: argparse.Namespace) -> Iterator[Judged]:
    """Ask both sides, batch by batch: what reached a new branch or rule is changed further.

    Needs ``number``, ``kind`` and ``minor`` of the *options*.
    """
    for done in range(0, options.number, _BATCH):
        values = mutator.objects(min(_BATCH, options.number - done), options.kind)
        for value, verdict in zip(values, asking.asked(judge, "admission", values), strict=True):
            found = agreement.findings(value, options.minor)
            branches = [
                (value["kind"], agreement.general(agreement.field_of(error)), error["type"])
                for error in verdict.get("errors", ())
            ]
            reached = [*branches, *((value["kind"], f.rule) for f in found)]
            new = mutator.learn(value, reached)
            yield value, verdict, agreement.differences(verdict, found), new


def _report(judgements: list[Judged], examples: int) -> None:
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    classes: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for value, verdict, differences, _ in judgements:
        for kind in (value["kind"], "in total"):
            totals[kind]["objects"] += 1
            totals[kind]["rejected"] += not verdict["accepted"]
            totals[kind]["agreed"] += not differences
            totals[kind].update({each.sort for each in differences})
        for each in differences:
            classes[value["kind"], repr(each)].append((value, each))
    print(f"{'':24}  objects rejected   agree  missed unsaid claimed unwarned")
    for kind, count in sorted(totals.items(), key=lambda item: (item[0] == "in total", item[0])):
        share = count["agreed"] / count["objects"]
        print(
            f"{kind:24} {count['objects']:8} {count['rejected']:8} {share:7.2%} {count['missed']:7}"
            f" {count['unsaid']:6} {count['claimed']:7} {count['unwarned']:8}"
        )
    print()
    for (kind, name), found in sorted(classes.items(), key=lambda item: -len(item[1])):
        print(f"{len(found):5} {kind} {name}")
        shortest = sorted(found, key=lambda item: len(json.dumps(item[0])))
        for value, each in shortest[:examples]:
            print(f"        {each.whole}\n        {each.field} = {_at(value, each.field)}")


def _at(value: Any, field: str) -> str:
    """What stands at a field, shortened."""
    for step in agreement.steps(field):
        try:
            value = value[int(step) if step.isdecimal() else step]
        except (KeyError, IndexError, TypeError):
            break
    text = json.dumps(value)
    return text if len(text) < 300 else text[:300] + " ..."


if __name__ == "__main__":
    main()
