"""Records the verdicts for the ordinary tests: `python -m tests.judge.record --minor 37`."""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from tests.judge import asking, compare, compare_worlds, wiring, worlds
from tests.judge.mutate import GOOD, Mutator

FOLDER = Path(__file__).parent / "recorded"
#: How many objects are looked at, how many of them kept, and how many worlds made; and the same
#: for versions that few still run.
_NUMBERS, _FEWER, _OLD = (20_000, 900, 120), (7_000, 300, 40), 33
#: The first version whose controllers can be asked.
WIRED = 30


def main() -> None:
    """Write the verdicts of one version, with the versions of the modules they come from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minor", type=int, default=37)
    parser.add_argument("--judge", type=Path, help="that of Kubernetes, built already")
    parser.add_argument("--coredns", type=Path, help="that of DNS, built already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        judge = options.judge or asking.built(options.minor, Path(folder))
        coredns = options.coredns or asking.built_coredns(Path(folder))
        told = subprocess.run([str(judge), "version"], capture_output=True, check=True, text=True)
        recording = {
            "versions": json.loads(told.stdout),
            "objects": _objects(judge, options.minor),
            "worlds": _worlds(judge, coredns, options.minor),
        }
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(recording, separators=(",", ":")).encode()
    path = FOLDER / f"1.{options.minor}.json.xz"
    path.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    print(f"{path}: {path.stat().st_size} bytes, {len(recording['objects'])} objects")


def read(minor: int) -> dict[str, Any]:
    """What was recorded for Kubernetes 1.*minor*."""
    recording: dict[str, Any] = json.loads(
        lzma.decompress((FOLDER / f"1.{minor}.json.xz").read_bytes())
    )
    return recording


def _objects(judge: Path, minor: int) -> list[Any]:
    """The good objects, and the changed ones that were the first to reach something.

    Each with its verdict and the differences known when it was recorded.
    """
    number, kept, _ = _numbers(minor)
    options = argparse.Namespace(minor=minor, number=number, kind=[])
    found = compare.judged(judge, Mutator(Random(minor), minor), options)
    changed = [(value, verdict, differing) for value, verdict, differing, new in found if new]
    good = zip(GOOD, asking.asked(judge, "admission", GOOD), strict=True)
    return [
        *([value, verdict, []] for value, verdict in good),
        *([value, verdict, list(map(repr, known))] for value, verdict, known in changed[:kept]),
    ]


def _numbers(minor: int) -> tuple[int, int, int]:
    return _NUMBERS if minor > _OLD else _FEWER


def _worlds(judge: Path, coredns: Path, minor: int) -> list[Any]:
    """Random worlds with what the controllers make of them and what DNS answers."""
    random = Random(minor)
    number = _numbers(minor)[2] if minor >= WIRED else 0
    made = [worlds.made(random) for _ in range(number)]
    asked = [worlds.questions(random, objects) for objects in made]
    found = compare_worlds.told(judge, coredns, made, asked)
    return [world | {"wired": wiring.trimmed(world["wired"])} for world in found]


if __name__ == "__main__":
    main()
