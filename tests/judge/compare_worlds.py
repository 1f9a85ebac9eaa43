"""Holds hslint's world against the controllers and CoreDNS: `-m tests.judge.compare_worlds`."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.judge import asking, wiring, worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

_BATCH = 500
_SHOWN = ("differ", "unknown")


def main() -> None:
    """Compare, and print how many facts agree, then the classes of those that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minor", type=int, default=37)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judge", type=Path, help="that of Kubernetes, built already")
    parser.add_argument("--coredns", type=Path, help="that of DNS, built already")
    parser.add_argument("--examples", type=int, default=10)
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {"wiring": Counter(), "DNS": Counter()}
    differing: list[tuple[str, str, object, object, Any]] = []
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        judge = options.judge or asking.built(options.minor, Path(folder))
        coredns = options.coredns or asking.built_coredns(Path(folder))
        for objects, sort, facts in judged(judge, coredns, options):
            number += sort == "wiring"
            counts[sort].update(map(wiring.share, facts))
            differing += ((sort, *fact, objects) for fact in facts if wiring.share(fact) in _SHOWN)
    print(f"{number} worlds")
    for sort, count in counts.items():
        whole = count.total() - count["open"]
        print(f"{sort}: {whole} facts, {count['agree'] / max(whole, 1):.3%} agree, {dict(count)}")
    shortest = sorted(differing, key=lambda each: len(str(each[4])))
    for sort, fact, true, said, objects in shortest[: options.examples]:
        print(f"\n{sort}: {fact}\n  Kubernetes: {true}, hslint: {said}")
        print("".join(f"  {json.dumps(each)}\n" for each in objects), end="")


def judged(
    judge: Path, coredns: Path, options: argparse.Namespace
) -> Iterator[tuple[list[dict[str, Any]], str, wiring.Facts]]:
    """The facts of random worlds, first those of the controllers, then those of DNS."""
    random = Random(options.seed)
    for done in range(0, options.number, _BATCH):
        made = [worlds.made(random) for _ in range(min(_BATCH, options.number - done))]
        asked = [worlds.questions(random, objects) for objects in made]
        found = told(judge, coredns, made, asked)
        for objects, questions, (wired, answers) in zip(made, asked, found, strict=True):
            if not wired.get("rejected"):
                yield objects, "wiring", wiring.facts(objects, wired, options.minor)
                there = [wiring.is_there(answer) for answer in answers]
                yield objects, "DNS", wiring.answers(objects, questions, there, options.minor)


def told(
    judge: Path, coredns: Path, made: list[Any], asked: list[Any]
) -> list[tuple[wiring.Wired, list[dict[str, Any]]]]:
    """What the controllers make of each world, and DNS' answers to its questions."""
    wired = asking.asked(judge, "wiring", [{"objects": objects} for objects in made])
    served = [
        {"services": w["services"], "slices": w["slices"], "questions": questions}
        | {"namespaces": ["prod", "test"]}
        for w, questions in zip(wired, asked, strict=True)
    ]
    return list(zip(wired, asking.asked(coredns, "dns", served), strict=True))


if __name__ == "__main__":
    main()
