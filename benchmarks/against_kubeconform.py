"""Time hslint and kubeconform on the same manifests with the same schemas, turn by turn.

    python benchmarks/against_kubeconform.py --tree ~/src/kubernetes/examples

Needs hslint and kubernetes-validate in this Python's environment, and kubeconform on PATH or named
by --kubeconform (without it, hslint is timed alone). Installs nothing and asks no network.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import hslint
from hslint.home import HOME
from hslint.schema import NEWEST

EXAMPLES = Path(__file__).parent.parent / "examples"
VERSION = f"v1.{NEWEST}.0-local-strict"

COLD = "hslint cold"

Command = tuple[str, ...]


def main() -> None:
    """Time each folder and print a Markdown table: medians in milliseconds, and their ratios.

    hslint runs twice: cold, with no earlier run to recall, and warm, with nothing changed since.
    """
    options = arguments()
    for folder in {os.path.dirname(hslint.__file__), HOME}:
        compileall.compile_dir(folder, quiet=1)  # as pip does; some environments forbid it later
    with tempfile.TemporaryDirectory() as schemas, tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        own = (str(Path(sys.executable).with_name("hslint")),)
        programs: dict[str, Command] = {COLD: own, "hslint warm": own}
        if options.kubeconform:
            write_schemas(Path(schemas))
            location = f"{schemas}/{{{{ .ResourceKind }}}}{{{{ .KindSuffix }}}}.json"
            quiet = ("-strict", "-ignore-missing-schemas", "-schema-location", location)
            programs["kubeconform"] = (options.kubeconform, *quiet)
        print(machine(options.kubeconform))
        print(f"\n| median of {options.rounds}, ms | {' | '.join(programs)} | cold | warm |")
        print("| --- |" + " ---: |" * (len(programs) + 2))
        for name, path in subjects(options.tree):
            times = measure(programs, path, options.rounds)
            ratios = [f"{t / times[-1]:.2f}" if options.kubeconform else "" for t in times[:2]]
            print(f"| {name} | {' | '.join([f'{t * 1e3:.1f}' for t in times] + ratios)} |")


def arguments() -> argparse.Namespace:
    """What to time, and how often."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tree", type=Path, action="append", default=[], help="a folder to check")
    parser.add_argument("--kubeconform", default=shutil.which("kubeconform"))
    parser.add_argument("--rounds", type=int, default=15)
    return parser.parse_args()


def subjects(trees: list[Path]) -> list[tuple[str, Path]]:
    """What is timed: (name, path)."""
    small = EXAMPLES / "good" / "mongo.yaml"
    return [
        ("one file, 2 objects", small),
        *((f"{tree.resolve().name}/, {size(tree)}", tree) for tree in (EXAMPLES, *trees)),
    ]


def size(tree: Path) -> str:
    """How much there is to check below a folder."""
    found = [f for f in tree.rglob("*") if f.suffix in {".yaml", ".yml", ".json"} and f.is_file()]
    return f"{len(found)} files, {sum(f.stat().st_size for f in found) / 1e6:.2f} MB"


def measure(programs: dict[str, Command], path: Path, rounds: int) -> list[float]:
    """The median seconds of each program, which take turns so that both meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, command in programs.items():
            if name == COLD:
                for run in Path(os.environ["XDG_CACHE_HOME"]).glob("hslint/run-*"):
                    run.unlink()
            start = perf_counter()
            done = subprocess.run((*command, path), capture_output=True, check=False)
            if turn:  # the first fills the caches
                times[name].append(perf_counter() - start)
            if done.returncode not in {0, 1}:
                sys.exit(f"{name} failed on {path}:\n{done.stderr.decode()}")
    return [median(each) for each in times.values()]


def machine(kubeconform: str | None) -> str:
    """What ran where."""
    programs = [f"hslint {hslint.__version__}", f"Python {platform.python_version()}"]
    if kubeconform:
        version = subprocess.run((kubeconform, "-v"), capture_output=True, text=True, check=True)
        programs.append(f"kubeconform {version.stdout.strip()}")
    return (
        f"{', '.join(programs)}; {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )


def write_schemas(target: Path) -> None:
    """Write the newest schemas as kubeconform likes them best: each whole, and without prose."""
    folder = files("kubernetes_validate") / "kubernetes-json-schema" / VERSION
    definitions = json.loads((folder / "_definitions.json").read_text())["$defs"]
    for file in folder.iterdir():
        if file.name[0] != "_":
            schema = whole(json.loads(file.read_text()), definitions)
            (target / file.name).write_text(json.dumps(schema))


def whole(schema: Any, definitions: dict[str, Any], within: tuple[str, ...] = ()) -> Any:
    """The schema with its references replaced by what they refer to; recursive ones by anything."""
    if isinstance(schema, list):
        return [whole(item, definitions, within) for item in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        return {} if name in within else whole(definitions[name], definitions, (*within, name))
    return {
        key: whole(value, definitions, within)
        for key, value in schema.items()
        if not (key == "description" and isinstance(value, str))
    }


if __name__ == "__main__":
    main()
