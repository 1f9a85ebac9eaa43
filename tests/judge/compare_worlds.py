"""Holds hslint's world against the controllers and CoreDNS: `-m tests.judge.compare_worlds`."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.judge import asking, listed, wiring, worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

_BATCH = 500
_SHOWN = ("differ", "unknown")
#: What is compared.
SORTS = ("wiring", "DNS", "listed", "looked up")
#: In every fifth world no pod becomes ready.
_UNREADY = 5


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
    counts: dict[str, Counter[str]] = {sort: Counter() for sort in SORTS}
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
    """The facts of random worlds: those of the controllers, then those of DNS."""
    random = Random(options.seed)
    minor = options.minor
    for done in range(0, options.number, _BATCH):
        made = [worlds.made(random) for _ in range(min(_BATCH, options.number - done))]
        asked = [worlds.questions(random, objects) for objects in made]
        for world in told(judge, coredns, made, asked):
            for sort, facts in facts_of(world, minor):
                yield world["objects"], sort, facts


def facts_of(world: dict[str, Any], minor: int) -> Iterator[tuple[str, wiring.Facts]]:
    """What hslint says of a world, beside what was told of it."""
    objects, ready = world["objects"], world["ready"]
    asked, there = world["asked"], world["there"]
    yield "wiring", wiring.facts(objects, world["wired"], minor)
    if ready:  # the rules take pods to become so
        yield "DNS", wiring.answers(objects, asked, there, minor)
    yield "listed", listed.facts(objects, world["records"], minor, ready=ready)
    yield "looked up", listed.looked_up(objects, asked, there, minor, ready=ready)


def told(judge: Path, coredns: Path, made: list[Any], asked: list[Any]) -> list[dict[str, Any]]:
    """What the controllers make of each world that is accepted, and what DNS answers there."""
    entered = [
        {"objects": objects, "ready": number % _UNREADY != 0} for number, objects in enumerate(made)
    ]
    lines = [{"objects": each["objects"], "unready": not each["ready"]} for each in entered]
    served = []
    for world, questions, wired in zip(
        entered, asked, asking.asked(judge, "wiring", lines), strict=True
    ):
        if not wired.get("rejected"):
            world |= {"wired": wired, "asked": questions, "all": listed.questions(wired)}
            served.append(world)
    answered = asking.asked(
        coredns,
        "dns",
        [
            {"services": world["wired"]["services"], "slices": world["wired"]["slices"]}
            | {"questions": world["asked"] + world["all"], "namespaces": ["prod", "test"]}
            for world in served
        ],
    )
    for world, answers in zip(served, answered, strict=True):
        near = len(world["asked"])
        world["there"] = [wiring.found(answer) for answer in answers[:near]]
        world["records"] = listed.records(
            world["objects"], world["wired"], world.pop("all"), answers[near:]
        )
    return served


if __name__ == "__main__":
    main()
