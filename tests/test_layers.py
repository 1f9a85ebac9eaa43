"""Rules see hslint's public face and nothing behind it."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from hslint.home import HOME

FILES = sorted(Path(HOME, "rules").glob("*/*.py"))


def imported(file: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_imports_hslint_and_the_standard_library_only(file: Path) -> None:
    standard = sys.stdlib_module_names
    strange = {name for name in imported(file) if name.partition(".")[0] not in standard}
    assert strange <= {"hslint"}
