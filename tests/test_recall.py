"""A remembered result is the one a fresh run would give, or it is not used."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hslint import cachedir, engine
from hslint.contract import ERROR, INFO, WARNING
from hslint.files import find
from hslint.gather import gather
from hslint.options import Options
from hslint.reading import Reader, Reading
from hslint.readings import Readings
from hslint.registry import load
from hslint.report import FORMATS
from hslint.run import run
from hslint.settings import Settings
from hslint.workload import pods_of

if TYPE_CHECKING:
    from pathlib import Path

    from hslint.result import Result
    from hslint.source import Source

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
DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: pools.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Pool
    plural: pools
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size:
                  type: integer
"""
CUSTOM = """\
apiVersion: example.com/v1
kind: Pool
metadata:
  name: pool
spec:
  size: 3
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
        ("workload.yaml", "image: mongo:8", "image: mongo:9"),
        ("workload.yaml", "image: mongo:9", "image:"),
        ("workload.yaml", "image: mongo:8", "image: mongo:8\n          resources: {}"),
        ("workload.yaml", "resources: {}", "resources: {limits: {cpu: 1}}"),
        ("workload.yaml", "resources: {}", "resources: {limits: {cpu: -1}}"),
        ("workload.yaml", "apiVersion", "# a note\napiVersion"),
        ("workload.yaml", "image", "# hslint: ignore\n          image"),
        ("service.yaml", "spec", "# a note\nspec"),
        ("workload.yaml", "app: db", "app: \tdb"),
        ("workload.yaml", "kind: StatefulSet", "kind: Deployment"),
        ("new.yaml", "", SERVICE),
        ("new.yaml", "", ""),
        ("new.yaml", "", "# hslint: ignore[governing-service-missing] kept\n" + WORKLOAD),
        ("definition.yaml", "", DEFINITION),
        ("definition.yaml", "type: integer", "type: string"),
        ("custom.yaml", "", CUSTOM),
        ("custom.yaml", "size: 3", "size: three"),
        ("kustomization.yaml", "", "namespace: prod\nresources: [service.yaml]\n"),
    ]
)
CHOICES = st.fixed_dictionaries(
    {
        "level": st.sampled_from([ERROR, WARNING, INFO]),
        "reports": st.sampled_from([[(form, None)] for form in FORMATS]),
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
    for file in folder.iterdir():
        file.unlink()
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
    monkeypatch.setattr("hslint.engine.judge", lambda *_: pytest.fail("checked again"))
    monkeypatch.setattr("hslint.reading.Reader.read", lambda *_: pytest.fail("read again"))

    assert report(options(tmp_path / "cache"), tree) == first


def test_of_a_changed_tree_only_what_changed_is_read_and_all_of_it_is_judged(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tree / f"other-{number}.yaml").write_text(SERVICE.replace("db", f"db-{number}"))
    report(options(tmp_path / "cache"), tree)
    (tree / "service.yaml").write_text(SERVICE.replace("name: db\nspec", "name: dbx\nspec"))
    again: list[str] = []
    read = Reader.read

    def counted(reader: Reader, source: Source) -> Reading:
        again.append(source.file)
        return read(reader, source)

    monkeypatch.setattr(Reader, "read", counted)
    _, output, _ = report(options(tmp_path / "cache"), tree)

    assert again == [str(tree / "service.yaml")]
    assert "workload.yaml" in output  # its serviceName leads nowhere now
    assert "governing-service-missing" in output


def judged_again(tree: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a run after an edit judges anew; its report is that of a fresh run in any case."""
    runs: list[object] = []
    judge = engine.judge

    def counted(*given: Any) -> Result:
        runs.append(given)
        return judge(*given)

    monkeypatch.setattr(engine, "judge", counted)
    again = report(options(cache), tree)
    judged = bool(runs)
    assert again == report(options(None), tree)
    monkeypatch.undo()
    return judged


LIMITED = "image: mongo:8\n          resources:\n            limits:\n              cpu: 1"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mongo:8", "mongo:9"),
        ("image: mongo:8", LIMITED),
        ("apiVersion", "# a note\n\napiVersion"),
        ("app: db", 'app: "db"'),
    ],
)
def test_nothing_is_judged_anew_after_an_edit_that_no_other_file_can_see(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    cache = tmp_path / "cache"
    report(options(cache), tree)
    for text in (WORKLOAD.replace(old, new), WORKLOAD, WORKLOAD.replace("mongo:8", "mongo:7")):
        (tree / "workload.yaml").write_text(text)
        assert not judged_again(tree, cache, monkeypatch)
        assert not judged_again(tree, cache, monkeypatch)
    (tree / "service.yaml").write_text("# a note\n" + SERVICE)
    assert not judged_again(tree, cache, monkeypatch)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mongo:8", "mongo:8\n          ports: [{containerPort: 80}]"),
        ("mongo:8", "-1"),
        ("replicas: 1", "replicas: true"),
        ("mongo:8", "mongo:8  # hslint: ignore"),
        ("kind: StatefulSet", "kind: Deployment"),
        (WORKLOAD, ""),
    ],
)
def test_all_is_judged_anew_after_an_edit_that_another_file_can_see(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    text = WORKLOAD + "  replicas: 1\n"
    (tree / "workload.yaml").write_text(text)
    report(options(tmp_path / "cache"), tree)
    (tree / "workload.yaml").write_text(text.replace(old, new))
    assert judged_again(tree, tmp_path / "cache", monkeypatch)


def test_all_is_judged_anew_where_a_finding_is_about_the_file(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may stand elsewhere now; here it is only counted, and stands in the other file."""
    lonely = WORKLOAD.replace("serviceName: db", "serviceName: dbx")
    (tree / "workload.yaml").write_text(lonely)
    report(options(tmp_path / "cache"), tree)
    (tree / "service.yaml").write_text("# a note\n" + SERVICE)
    assert judged_again(tree, tmp_path / "cache", monkeypatch)


def test_rules_that_hold_objects_against_each_other_cannot_see_what_is_left_out(
    tree: Path,
) -> None:
    (tree / "workload.yaml").write_text(WORKLOAD.replace("image: mongo:8", LIMITED))
    gathered = gather(
        sources := [*find([str(tree)])],
        Readings(sources, lambda: Reader(load(), Settings()), None, 1).packed(),
        Settings(),
    )
    (pods,) = pods_of(gathered.manifests[1])

    assert pods.containers[0].value == {"name": "mongo", "image": "hidden"}


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 500, None])
@pytest.mark.parametrize("which", ["rules-*", "run-*", "run-*-read", "*"])
def test_a_damaged_file_is_no_matter(
    tree: Path, tmp_path: Path, which: str, damage: bytes | None
) -> None:
    cache = tmp_path / "cache"
    report(options(cache), tree)
    (tree / "workload.yaml").write_text(WORKLOAD.replace("mongo:8", "mongo:9"))
    expected = report(options(None), tree)
    damaged = list(cache.glob(which))
    for file in damaged:
        file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)

    assert damaged
    assert report(options(cache), tree) == expected


def test_the_readings_of_another_run_are_not_taken_for_ours(tree: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    report(options(cache), tree)
    (older,) = cache.glob("run-*-read")
    held = older.read_bytes()
    (tree / "workload.yaml").write_text(WORKLOAD.replace("serviceName: db", "serviceName: dbx"))
    report(options(cache), tree)
    older.write_bytes(held)  # as if a run that began before had ended after
    (tree / "service.yaml").write_text(SERVICE.replace("27017", "27018"))

    assert report(options(cache), tree) == report(options(None), tree)


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
    again: list[str] = []
    read = Reader.read

    def counted(reader: Reader, source: Source) -> Reading:
        again.append(source.file)
        return read(reader, source)

    monkeypatch.setattr(Reader, "read", counted)

    assert report(options(tmp_path / "cache"), tree) == first
    assert len(again) == 2


def test_the_oldest_are_removed_when_there_are_too_many(tmp_path: Path) -> None:
    for number in range(10):
        assert cachedir.store(str(tmp_path / f"run-{number}"), b"key", "x" * 1000)
    (tmp_path / "rules").write_text("x" * 1000)
    cachedir.trim(str(tmp_path), "run-", 5000)

    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["rules", *(f"run-{number}" for number in range(6, 10))]
