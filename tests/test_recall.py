"""A remembered result is the one a fresh run would give, or it is not used."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hslint import cachedir
from hslint.contract import ERROR, INFO, WARNING
from hslint.run import Options, run
from hslint.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from hslint.result import Result

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: db
      port: 27017
"""
WORKLOAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: mongo
          image: mongo:8
"""


def report(options: Options, *paths: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run([str(path) for path in paths], options)
    return status, out.getvalue(), err.getvalue()


def options(cache: Path | None, **given: object) -> Options:
    chosen = Options()
    chosen.cache = None if cache is None else str(cache)
    for name, value in given.items():
        setattr(chosen, name, value)
    return chosen


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "service.yaml").write_text(SERVICE)
    (folder / "workload.yaml").write_text(WORKLOAD)
    return folder


EDITS = st.sampled_from(
    [
        ("service.yaml", "clusterIP: None", "clusterIP: none"),
        ("service.yaml", "name: db\nspec", "name: dbx\nspec"),
        ("service.yaml", "app: db", "app: other"),
        ("service.yaml", "port: 27017", "port: 27018"),
        ("workload.yaml", "serviceName: db", "serviceName: db  # note"),
        ("workload.yaml", "image: mongo:8", "imag: mongo:8"),
        ("workload.yaml", "app: db", "app: \tdb"),
        ("workload.yaml", "kind: StatefulSet", "kind: Deployment"),
        ("new.yaml", "", SERVICE),
        ("new.yaml", "", ""),
    ]
)
CHOICES = st.fixed_dictionaries(
    {
        "level": st.sampled_from([ERROR, WARNING, INFO]),
        "format": st.sampled_from(["text", "concise", "json"]),
        "select": st.sampled_from([(), ("headless",), ("statefulset", "selector")]),
        "settings": st.builds(
            Settings,
            minor=st.sampled_from([25, 33, 37]),
            namespace=st.sampled_from([None, "prod"]),
            closed_world=st.booleans(),
        ),
    }
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(EDITS, CHOICES), min_size=1, max_size=4))
def test_cold_and_warm_agree_after_any_edit(
    tmp_path: Path, steps: list[tuple[tuple[str, str, str], dict[str, object]]]
) -> None:
    folder, cache = tmp_path / "tree", tmp_path / "cache"
    folder.mkdir(exist_ok=True)
    (folder / "new.yaml").unlink(missing_ok=True)
    (folder / "service.yaml").write_text(SERVICE)
    (folder / "workload.yaml").write_text(WORKLOAD)

    for (name, old, new), chosen in steps:
        file = folder / name
        text = file.read_text() if file.exists() else ""
        file.write_text(text.replace(old, new, 1) if old else new)
        fresh = report(options(None, **chosen), folder)
        assert report(options(cache, **chosen), folder) == fresh
        assert report(options(cache, **chosen), folder) == fresh


def test_an_unchanged_tree_is_not_checked_again(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = report(options(tmp_path / "cache"), tree)
    monkeypatch.setattr("hslint.engine.lint", lambda *_: pytest.fail("checked again"))

    assert report(options(tmp_path / "cache"), tree) == first


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 500])
def test_a_damaged_file_is_no_matter(tree: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    first = report(options(cache), tree)
    for file in cache.iterdir():
        file.write_bytes(damage)

    assert report(options(cache), tree) == first


def test_a_cache_that_cannot_be_written_is_no_matter(tree: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder would be")

    assert report(options(blocked), tree) == report(options(None), tree)


def test_nothing_is_written_without_a_cache(tree: Path, tmp_path: Path) -> None:
    report(options(None), tree)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["tree"]


def test_another_version_of_hslint_recalls_nothing(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = report(options(tmp_path / "cache"), tree)
    monkeypatch.setattr("hslint.recall.stamp", lambda *_: b"another")
    checked: list[str] = []
    from hslint import engine

    lint = engine.lint

    def counted(*given: Any) -> Result:
        checked.append("again")
        return lint(*given)

    monkeypatch.setattr(engine, "lint", counted)

    assert report(options(tmp_path / "cache"), tree) == first
    assert checked == ["again"]


def test_the_oldest_are_removed_when_there_are_too_many(tmp_path: Path) -> None:
    for number in range(10):
        assert cachedir.store(str(tmp_path / f"run-{number}"), b"key", "x" * 1000)
    (tmp_path / "rules").write_text("x" * 1000)
    cachedir.trim(str(tmp_path), "run-", 5000)

    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["rules", *(f"run-{number}" for number in range(6, 10))]
