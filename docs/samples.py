"""What the pages show: each command in them is run, and its output is what stands below it.

Run as ``python docs/samples.py`` to write the outputs anew.

A page's ``console`` blocks are run one after the other, in a folder with two copies of examples/
(one is called manifests/) and with the files that the page shows. Comments, which no reader sees,
stand above a block: ``<!-- file: NAME -->`` makes a file of it, and ``<!-- not run -->`` leaves it
alone. A line ``...`` in an output stands for any lines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # the hslint of this checkout, whatever is installed

import hslint  # noqa: E402

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

_BLOCK = re.compile(r"(?:^<!-- ([^\n]+) -->\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a page."""

    mark: str  # what the comment above it says, if there is one
    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """All fenced blocks of a page."""
    found = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Block(match[1] or "", match[2], match[3]) for match in found]


def anew(page: Path, folder: Path) -> str:
    """Return the text of the page with the outputs that its commands have in this empty folder.

    :raises ValueError: if hslint cannot make sense of a command.
    """
    for name in ("examples", "manifests"):
        shutil.copytree(ROOT / "examples", folder / name)

    def block(match: re.Match[str]) -> str:
        mark, language, text = match[1] or "", match[2], match[3]
        if mark.startswith("file: "):
            file = folder / mark.removeprefix("file: ")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif language == "console" and mark != "not run":
            start, end = match.start(3) - match.start(), match.end(3) - match.start()
            new = _STEP.sub(lambda step: _step(step, folder), text)
            return match[0][:start] + new + match[0][end:]
        return match[0]

    return _BLOCK.sub(block, page.read_text(encoding="utf-8"))


def _step(step: re.Match[str], folder: Path) -> str:
    command, shown = step[1], step[2]
    output = _run(command, folder)
    if not shown or _agree(shown, output):
        return step[0]
    return f"$ {command}\n{output}"


def _agree(shown: str, output: str) -> bool:
    pattern = "".join(
        r"(?:.*\n)*?" if line == "...\n" else re.escape(line)
        for line in shown.splitlines(keepends=True)
    )
    return re.fullmatch(pattern, output) is not None


def _run(command: str, folder: Path) -> str:
    """Run a command as a terminal would; return all that it says."""
    with tempfile.TemporaryDirectory() as bin_:
        program = Path(bin_, "hslint")
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hslint "$@"\n')
        program.chmod(0o755)
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-o", "pipefail", "-c", command],
            cwd=folder,
            env={
                **os.environ,
                "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(Path(hslint.__file__).parent.parent),
                "PYTHONUNBUFFERED": "1",  # both streams in the order in which they are written
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if ran.returncode not in {0, 1}:
        msg = f"{command}: status {ran.returncode}\n{ran.stdout}"
        raise ValueError(msg)
    return ran.stdout


def main() -> None:
    """Write the outputs of all pages anew, and the pictures that stand beside them."""
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(anew(page, Path(folder)), encoding="utf-8")
            for picture in Path(folder).glob("*.svg"):
                shutil.copy(picture, page.parent)


if __name__ == "__main__":
    main()
