"""Time hslint beside other linters, and beside what no linter can be faster than.

    python -m benchmarks.run --tree ~/src/kubernetes/examples

Prints Markdown tables. The other linters are those found on PATH, or named by an option. All take
turns. Everything is measured on copies, in a folder that is removed at the end. Needs Linux;
installs nothing and asks no network. kubeconform also needs the package kubernetes-validate.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import tables
from benchmarks.change import IMAGE, PORT, Change
from benchmarks.measure import Program, turns
from benchmarks.peers import Peer, manifests, peers, told, write_schemas
from hslint.home import HERE, HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Taken

FOLDER = Path(__file__).parent
SMALL = FOLDER.parent / "examples" / "good" / "mongo.yaml"
#: What is generated, by name: the shape and the number of objects. The largest come last.
GENERATED = {
    "many-2000": ("many", 2_000),
    "skewed": ("skewed", 20_000),
    "many-20000": ("many", 20_000),
    "big": ("big", 60_000),
    "many-100000": ("many", 100_000),
}
WORKLOADS = ("small", "tree", *GENERATED)


def main() -> None:
    """Measure what is asked for, and print what came out."""
    if sys.platform != "linux":
        sys.exit("needs Linux: elsewhere the cache that is emptied would be your own")
    options = arguments()
    for folder in (HERE, f"{HOME}/rules", FOLDER):
        compileall.compile_dir(folder, quiet=1)  # as pip does; some environments forbid it later
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        schemas = Path(place, "schemas")
        found = {peer: program for peer in peers(schemas) if (program := program_of(peer, options))}
        if options.kubeconform:
            schemas.mkdir()
            write_schemas(schemas)
        rows = []
        slow: set[str] = set()
        for name, path in workloads(options, Path(place)):
            print(f"measuring {name} ...", file=sys.stderr)
            left_out = slow if name in GENERATED else set()
            rows.append((name, tables.size(path), measured(path, found, left_out, options)))
        versions = [told(program, peer) for peer, program in found.items()]
    print(tables.told(rows, versions, [peer.name for peer in found], options.rounds))


def arguments() -> argparse.Namespace:
    """What to time, with what, and how often."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    each = ", ".join(WORKLOADS)
    add("--only", action="append", choices=WORKLOADS, metavar="WORKLOAD", help=f"one of {each}")
    add("--tree", type=Path, action="append", default=[], help="a file or folder of your own")
    add("--rounds", type=int, default=5, help="how often each program runs; 5")
    add("--limit", type=float, default=60, help="stop a peer after so many seconds; 60")
    add("--enough", type=float, default=30, help="fewer rounds after so many seconds; 30")
    for peer in peers(Path()):
        add(f"--{peer.name}", default=shutil.which(peer.name), metavar="PROGRAM")
    return parser.parse_args()


def program_of(peer: Peer, options: argparse.Namespace) -> str | None:
    """Where the peer is; None where it is not installed."""
    found: str | None = getattr(options, peer.name.replace("-", "_"))
    return found


def workloads(options: argparse.Namespace, place: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of what to check, each below *place* until the next is asked for."""
    wanted = options.only or WORKLOADS
    own = [("small", SMALL)] if "small" in wanted else []
    if "tree" in wanted:
        own += [(tree.resolve().name, tree) for tree in options.tree]
    for name, source in own:
        path = place / "tree" / source.resolve().name
        path.parent.mkdir()
        if source.is_dir():
            shutil.copytree(source, path, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        else:
            shutil.copy(source, path)
        yield name, path
        shutil.rmtree(path.parent)
    for name, (shape, number) in GENERATED.items():
        if name in wanted:
            path = place / "tree"
            # Another process, so that this one stays small.
            command = (sys.executable, FOLDER / "generate.py", shape, str(number), path)
            subprocess.run(command, check=True)
            yield name, path / "all.yaml" if shape == "big" else path
            shutil.rmtree(path)


def measured(
    path: Path, found: dict[Peer, str], slow: set[str], options: argparse.Namespace
) -> dict[str, Taken]:
    """What each program took for *path*; the peers in *slow* are left out, and new ones put in."""
    hslint = (str(Path(sys.executable).with_name("hslint")), str(path))
    limits = (sys.executable, str(FOLDER / "limits.py"))
    changes = {
        "image changed": Change(manifests(path), IMAGE),
        "port changed": Change(manifests(path), PORT),
    }
    programs = [
        Program("interpreter", (sys.executable, "-c", "pass")),
        Program("read, hash", (*limits, "read", str(path))),
        Program("libyaml", (*limits, "libyaml", str(path))),
        Program("cold", hslint, forget),
        Program("warm", hslint),
        *(Program(name, hslint, change) for name, change in changes.items() if change.possible),
    ]
    programs += [
        Program(peer.name, (program, *peer.arguments(path)), limit=options.limit)
        for peer, program in found.items()
        if peer.name not in slow
    ]
    taken = turns(programs, options.rounds, options.enough)
    for change in changes.values():
        change.undo()
    slow.update(
        program.name for program, each in zip(programs, taken, strict=True) if each.too_slow
    )
    return {program.name: each for program, each in zip(programs, taken, strict=True)}


def forget() -> None:
    """Remove what hslint remembers of earlier runs, but not its rules made ready to load."""
    for each in Path(os.environ["XDG_CACHE_HOME"]).glob("hslint/*"):
        if not each.name.startswith("rules-"):
            shutil.rmtree(each) if each.is_dir() else each.unlink()


if __name__ == "__main__":
    main()
