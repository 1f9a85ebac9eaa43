"""Whatever is done to files and unsaved texts, what is shown is what ``hslint`` finds then."""

from __future__ import annotations

import asyncio
import os
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from hslint.checking import check
from hslint.contract import INFO
from hslint.files import PathError
from hslint.lsp.workspace import Workspace
from hslint.options import Options
from hslint.registry import load
from tests.lsp.desk import SERVICE, WORKLOAD, Desk, connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

RULES = load()
NAMES = ("a", "b", "sub/a", "sub/deep/kustomization")
TEXTS = (
    "",
    SERVICE,
    SERVICE.replace("name: db\n", "name: other\n"),
    SERVICE.replace("app: db", "app: 😀"),
    WORKLOAD,
    WORKLOAD.replace("serviceName: db", "serviceName: other # hslint: ignore[missing-name]"),
    WORKLOAD.replace("app: db", "app: web"),
    WORKLOAD[:200] + '"',
    f"{SERVICE}---\r\n{WORKLOAD}",
    "kind: {{ .Values.kind }}\napiVersion: v1\n",
    "resources: [../a.yaml]\nnamePrefix: pre-\nkind: Kustomization\n",
    "\0\x01",
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("write", "edit", "edit", "save", "close", "delete", "check")),
        st.sampled_from(NAMES),
        st.sampled_from(TEXTS),
    ),
    max_size=12,
)


#: Configs, one of which names a schema.
CONFIGS = (
    "",
    "severity: {governing-service-missing: error, unused-ignore: warning}\n",
    "severity: {governing-service-missing: off, selector-matches-no-pod: off}\n",
    "ignore:\n  - rules: [selector, governing-service-missing]\n    paths: [sub]\n",
    "paths: {exclude: [sub/deep, b.yaml]}\n",
    "paths: {include: [sub, b.yaml]}\nnamespace: prod\nkubernetes-version: 1.28\n",
    "external: [{kind: Service, name: db, ports: [{port: 80}]}, {kind: Secret, name: s}]\n",
    "schemas: [a.yaml]\n",
)


def found_by_hslint(folder: Path) -> dict[str, list[Any]]:
    """What a fresh run of the command line finds, by file."""
    options = Options()
    options.cache, options.level, options.jobs = None, INFO, 1
    found: dict[str, list[Any]] = {}
    for finding in check([str(folder)], options).findings:
        for place in (finding.place, *finding.related):
            place.span.file = os.path.abspath(place.span.file)
        found.setdefault(finding.span.file, []).append(finding.plain())
    return found


class Files:
    """Files and unsaved texts of a workspace, with the steps of a person."""

    def __init__(self, top: Path, folder: Path) -> None:
        self.top = top
        self.space = Workspace(RULES)
        self.space.add_folder(str(folder))
        self.space.look()
        self.unsaved: dict[str, str] = {}

    def path(self, name: str) -> Path:
        """Where a file is."""
        return self.top / f"{name}.yaml"

    def write(self, name: str, text: str) -> None:
        """Write a file, and tell of it."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(text.encode())
        self.space.changed(self.space.name(str(self.path(name))))
        self.space.look()

    def configure(self, text: str | None) -> None:
        """Write the config, or delete it."""
        config = self.top / ".hslint.yaml"
        config.unlink(missing_ok=True) if text is None else config.write_text(text)
        self.space.changed(str(config))
        self.space.look()

    def edit(self, name: str, text: str) -> None:
        """Type."""
        self.unsaved[name] = text
        self.space.edit(self.space.name(str(self.path(name))), text)

    def save(self, name: str, _: str = "") -> None:
        """Write what was typed."""
        if name in self.unsaved:
            self.write(name, self.unsaved[name])

    def close(self, name: str, _: str = "") -> None:
        """Forget what was typed."""
        self.unsaved.pop(name, None)
        self.space.close(self.space.name(str(self.path(name))))

    def delete(self, name: str, _: str) -> None:
        """Delete a file."""
        self.close(name)
        self.path(name).unlink(missing_ok=True)
        self.space.look()

    def check(self, name: str = "", _: str = "") -> dict[str, list[Any]]:
        """What is found in the end, by file."""
        first = [self.space.name(str(self.path(name)))]
        steps = [found for found in self.space.check(first) if found is not None]
        return {
            file: [finding.plain() for finding in findings]
            for file, findings in steps[-1].items()
            if findings
        }


@given(STEPS, st.sampled_from(("", "sub")), st.lists(st.sampled_from(CONFIGS), max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_workspace_finds_what_a_fresh_run_finds(
    steps: list[tuple[str, str, str]], inside: str, configs: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        top = Path(place).resolve()
        folder = top / inside
        folder.mkdir(exist_ok=True)
        (top / ".git").mkdir()
        files = Files(top, folder)
        for number, (step, name, text) in enumerate(steps):
            if number % 3 == 0 and configs:
                files.configure(configs.pop())
            getattr(files, step)(name, text)
        for name in list(files.unsaved):
            files.save(name)
            if not name.startswith(inside):
                files.close(name)
        files.space.look()
        try:
            expected = found_by_hslint(folder)
        except PathError:  # a schema that is none: what held before does
            files.configure(None)
            expected = found_by_hslint(folder)
        assert files.check() == expected


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def typist(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    client = await connect()
    desk = Desk(client, tmp_path_factory.mktemp("folders"))
    desk.write(**{"empty/empty": ""})
    await desk.start(desk.folder / "empty")
    yield desk
    await client.shutdown_session()
    await client.stop()  # type: ignore[no-untyped-call]


FOLDERS = count()


@pytest.mark.asyncio(loop_scope="module")
@given(STEPS)
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],  # each example takes its time, and shows itself as it is
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_an_editor_shows_what_a_fresh_run_finds(
    typist: Desk, steps: list[tuple[str, str, str]]
) -> None:
    desk = Desk(typist.client, typist.folder / str(next(FOLDERS)))
    desk.write()
    _turn(desk, added=True)
    for step, name, text in steps:
        _do(desk, step, name, text)
        if step == "check":
            await asyncio.sleep(0.1)
    for name in list(desk.texts):
        _do(desk, "save", name, "")
    expected = {
        Path(file).as_uri(): [plain[0] for plain in found]
        for file, found in found_by_hslint(desk.folder).items()
    }

    def shown() -> dict[str, list[object]]:
        return {uri: [d.code for d in ds] for uri, ds in desk.client.diagnostics.items() if ds}

    await desk.until(lambda: shown() == expected)
    for name in list(desk.texts):
        _do(desk, "close", name, "")
    _turn(desk, added=False)
    await desk.until(lambda: not shown())


def _turn(desk: Desk, *, added: bool) -> None:
    """Take the folder into the workspace, or out of it."""
    folders = [lsp.WorkspaceFolder(desk.folder.as_uri(), "folder")]
    event = lsp.WorkspaceFoldersChangeEvent(folders if added else [], [] if added else folders)
    desk.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))


def _do(desk: Desk, step: str, name: str, text: str) -> None:
    path = desk.folder / f"{name}.yaml"
    if step == "write":
        desk.write(**{name: text})
        desk.watch(lsp.FileChangeType.Changed, name)
    elif step == "edit":
        (desk.change if name in desk.texts else desk.open)(name, text)
    elif step == "save" and name in desk.texts:
        desk.save(name)
    elif step in ("close", "delete"):
        if desk.texts.pop(name, None) is not None:
            desk.close(name)
        if step == "delete":
            path.unlink(missing_ok=True)
            desk.watch(lsp.FileChangeType.Deleted, name)
