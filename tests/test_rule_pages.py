"""The pages of the rules say what the rules say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from hslint import registry

DOCS = Path(__file__).parent.parent / "docs"


def test_pages_are_up_to_date() -> None:
    """``python docs/make_rules.py`` writes them anew."""
    spec = importlib.util.spec_from_file_location("make_rules", DOCS / "make_rules.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)

    folder = DOCS / "rules"
    written = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*.md")
    }

    assert written == maker.pages(registry.load())
