"""Borrowing PyYAML's C parser changes nothing about what is read, nor about PyYAML."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hslint.yaml import libyaml
from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load
from hslint.yaml.marks import read
from tests.yaml.kubectl import REFUSED, exact
from tests.yaml.texts import documents, soup


def outcome(text: bytes, read: Any) -> Any:
    try:
        return exact(read(text))
    except YamlFault:
        return REFUSED


@settings(max_examples=300, deadline=None)
@given(st.one_of(documents(), soup))
def test_fast_is_careful(text: bytes) -> None:
    assert outcome(text, lambda text: load(text)[0]) == outcome(
        text, lambda text: read(text)[0].value
    )


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.one_of(documents(), soup))
def test_without_the_c_parser(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    with_it = outcome(text, lambda text: load(text)[0])
    with monkeypatch.context() as patch:
        patch.setattr(libyaml, "_reader", None)
        patch.setattr(libyaml, "_load", lambda: None)
        with pytest.raises(libyaml.Peculiar):
            libyaml.compose(b"a: 1")
        assert outcome(text, lambda text: load(text)[0]) == with_it


def run(script: str) -> str:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


LOAD = "from hslint.yaml.load import load; assert load(b'a: [b, 1]')[0] == {'a': ['b', 1]}\n"
THEIRS = """
import yaml
assert yaml.load('a: [b]', Loader=yaml.CSafeLoader) == {'a': ['b']}
assert yaml.dump({'a': ['b']}, Dumper=yaml.CSafeDumper) == 'a:\\n- b\\n'
try:
    yaml.load('a: ]', Loader=yaml.CSafeLoader)
except yaml.YAMLError as error:
    assert error.problem_mark.line == 0
else:
    raise AssertionError
"""


@pytest.mark.parametrize("script", [LOAD + THEIRS + LOAD, THEIRS + LOAD + THEIRS])
def test_pyyaml_works_beside(script: str) -> None:
    run(script)


def test_pyyaml_is_not_imported() -> None:
    names = run(LOAD + "import sys; print(*(name for name in sys.modules if 'yaml' in name))")
    assert not {name for name in names.split() if not name.startswith("hslint")} - {"yaml._yaml"}


def test_the_c_parser_is_there() -> None:
    """Where PyYAML has it; else all of this would test the fallback twice."""
    assert libyaml.compose(b"a: 1") == {"a": 1}
