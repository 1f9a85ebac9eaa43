"""What no linter in Python can be faster than, each as a program to time.

python benchmarks/limits.py read PATH       # read and hash all files
python benchmarks/limits.py libyaml PATH    # read them, and have libyaml parse them
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".yaml", ".yml", ".json")


def contents(path: str) -> Iterator[bytes]:
    """The bytes of a file, or of all manifests below a folder."""
    waiting = [path]
    while waiting:
        each = waiting.pop()
        if os.path.isdir(each):
            waiting += [
                entry.path
                for entry in os.scandir(each)
                if entry.is_dir(follow_symlinks=False) or entry.name.endswith(SUFFIXES)
            ]
        else:
            with open(each, "rb", buffering=0) as file:
                yield file.read()


def read(path: str) -> None:
    """Read and hash."""
    from _blake2 import blake2b

    for data in contents(path):
        blake2b(data, digest_size=16).digest()


def libyaml(path: str) -> None:
    """Read and parse, and make nothing of it."""
    from yaml import YAMLError
    from yaml._yaml import CParser

    for data in contents(path):
        try:
            CParser(data).raw_parse()
        except YAMLError:
            continue  # some users' files are templates


if __name__ == "__main__":
    {"read": read, "libyaml": libyaml}[sys.argv[1]](sys.argv[2])
