"""Rules loaded from the bundle are the rules of their files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hslint import cachedir, registry
from hslint.bundle import BundledRule
from hslint.examples import examples
from hslint.home import HOME
from hslint.registry import Rules

if TYPE_CHECKING:
    from hslint.contract import Rule

PLAIN = {rule.name: rule for rule in map(registry.load_file, registry.files())}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def bundled(cache: Path) -> Rules:
    registry.load(cache=str(cache))
    return registry.load(cache=str(cache))


def told(rule: Rule) -> tuple[object, ...]:
    return rule.name, rule.group, rule.severity.name, rule.kinds, rule.sees, rule.docs


def test_bundled_rules_tell_the_same(cache: Path) -> None:
    rules = bundled(cache)

    assert all(isinstance(rule, BundledRule) for rule in rules)
    assert [told(rule) for rule in rules] == [told(rule) for rule in PLAIN.values()]


def test_bundled_rules_find_the_same(cache: Path) -> None:
    for rule in bundled(cache):
        for example in examples(PLAIN[rule.name]):
            found, expected = (
                [(f.order(), f.severity.name, f.help) for f in example.findings(Rules([each]))]
                for each in (rule, PLAIN[rule.name])
            )
            assert found == expected


def test_a_changed_rule_file_is_read_again(cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(Path(HOME) / "rules" / "ignore", folder / "ignore")
    before = len(list(registry.load(str(folder), str(cache))))
    shutil.copy(Path(HOME) / "rules" / "headless" / "cluster_ip_empty.py", folder / "ignore")

    assert len(list(registry.load(str(folder), str(cache)))) == before + 1


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 1000])
def test_a_damaged_bundle_is_made_anew(cache: Path, damage: bytes) -> None:
    registry.load(cache=str(cache))
    (file,) = cache.iterdir()
    file.write_bytes(damage)

    assert set(registry.load(cache=str(cache)).by_name) == set(PLAIN)
    assert file.read_bytes() != damage


def test_a_cut_bundle_is_made_anew(cache: Path) -> None:
    registry.load(cache=str(cache))
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-1])

    assert set(registry.load(cache=str(cache)).by_name) == set(PLAIN)


def test_a_cache_that_cannot_be_written_is_no_matter(cache: Path) -> None:
    cache.write_text("a file where the folder would be")

    assert set(registry.load(cache=str(cache)).by_name) == set(PLAIN)


def test_the_cache_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    from platformdirs import user_cache_dir

    monkeypatch.undo()
    for home in (None, "/somewhere/else"):
        if home:
            monkeypatch.setenv("XDG_CACHE_HOME", home)
        else:
            monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        assert cachedir.folder() == user_cache_dir("hslint", appauthor=False)
