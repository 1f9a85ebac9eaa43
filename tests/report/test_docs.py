"""The example in docs/json.md is what hslint writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hslint import registry
from hslint.engine import lint
from hslint.report.json import render
from hslint.source import Source

PAGE = Path(__file__).parent.parent.parent / "docs/json.md"


def test_the_example_is_what_hslint_writes() -> None:
    page = PAGE.read_text()
    (manifest,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (report,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)

    result = lint([Source("db.yaml", manifest.encode())], registry.load())
    assert json.loads(report) == json.loads(render(result))
