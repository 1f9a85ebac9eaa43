"""An editor heeds the config of each project, while it changes and while it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types as lsp

from tests.lsp.desk import SERVICE, WORKLOAD, Desk, place

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.asyncio

RULE = "governing-service-missing"
OFF = f"severity:\n  {RULE}: off\n"
CONFIG = ".hslint.yaml"


def configure(folder: Path, text: str, file: str = CONFIG) -> None:
    """Write a config."""
    folder.mkdir(exist_ok=True)
    (folder / file).write_text(text)


def reconfigure(desk: Desk, text: str, file: str = CONFIG) -> None:
    """Write a config, and tell of it."""
    configure(desk.folder, text, file)
    desk.watch(lsp.FileChangeType.Changed, file)


async def test_a_config_holds_and_is_read_again_when_it_changes(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    configure(desk.folder, f"severity:\n  {RULE}: error\n")
    await desk.start()
    await desk.shows("workload", RULE)
    assert desk.diagnostics("workload")[0].severity == lsp.DiagnosticSeverity.Error
    reconfigure(desk, OFF)
    await desk.shows("workload")
    (desk.folder / CONFIG).unlink()
    desk.watch(lsp.FileChangeType.Deleted, CONFIG)
    await desk.shows("workload", RULE)
    reconfigure(desk, f'[tool.hslint.severity]\n{RULE} = "off"\n', "pyproject.toml")
    await desk.shows("workload")


async def test_a_config_counts_once_it_is_saved_where_nothing_is_watched(
    desk: Desk, missing: str
) -> None:
    desk.write(service=SERVICE, workload=missing)
    await desk.start()
    await desk.shows("workload", RULE)
    desk.open(CONFIG, OFF)
    configure(desk.folder, OFF)
    desk.client.text_document_did_save(lsp.DidSaveTextDocumentParams(desk.id(CONFIG)))
    await desk.shows("workload")


async def test_what_is_wrong_with_a_config_is_shown_there_and_the_last_good_one_holds(
    desk: Desk, missing: str
) -> None:
    desk.write(service=SERVICE, workload=missing)
    configure(desk.folder, OFF)
    await desk.start()
    desk.open("workload")
    reconfigure(desk, f"{OFF}  governing-servic-missing: error  # 😀\nnamespaces: a\n")
    await desk.shows(CONFIG, "config")
    (unknown,) = desk.diagnostics(CONFIG)
    assert unknown.message == "unknown key `namespaces`; did you mean `namespace`?"
    assert unknown.range == lsp.Range(lsp.Position(3, 0), lsp.Position(3, 13))
    assert unknown.source == "hslint"
    reconfigure(desk, f"{OFF}  governing-servic-missing: error  # 😀\n")
    await desk.until(lambda: "no rule is named" in desk.diagnostics(CONFIG)[0].message)
    (misspelt,) = desk.diagnostics(CONFIG)
    assert misspelt.range == lsp.Range(lsp.Position(2, 2), lsp.Position(2, 39))
    assert not desk.rules("workload")
    reconfigure(desk, "severity: [\n")
    await desk.until(lambda: "no rule is named" not in desk.diagnostics(CONFIG)[0].message)
    assert not desk.rules("workload")
    reconfigure(desk, "namespace: prod\n")
    await desk.shows(CONFIG)
    await desk.shows("workload", RULE)


async def test_a_config_that_was_never_good_finds_nothing_else(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    configure(desk.folder, "schemas: [crds]\n")
    await desk.start()
    desk.open("workload")
    await desk.shows(CONFIG, "config")
    (fault,) = desk.diagnostics(CONFIG)
    assert "crds: no such file or folder" in fault.message
    assert fault.range.start == lsp.Position(0, 0)
    at = lsp.HoverParams(desk.id("workload"), place(missing, "serviceName: no|where"))
    assert await desk.client.text_document_hover_async(at) is not None
    assert not desk.rules("workload")
    desk.write(**{"crds/crd": "type: object\n"})
    desk.watch(lsp.FileChangeType.Created, "crds/crd")
    await desk.shows(CONFIG)
    await desk.shows("workload", RULE)


async def test_folders_with_different_configs_are_different_worlds(
    desk: Desk, tmp_path: Path
) -> None:
    other = Desk(desk.client, tmp_path / "other")
    renamed = SERVICE.replace("name: db\n", "name: web\n", 1)
    desk.write(workload=WORKLOAD, service=renamed)
    other.write(workload=WORKLOAD, service=renamed)
    configure(desk.folder, "")
    configure(other.folder, OFF)
    await desk.start(desk.folder, other.folder)
    await desk.shows("workload", RULE)
    other.open("service")
    other.change("service", SERVICE)  # what the one lacks is there in the other
    reconfigure(other, "")
    other.change("service", renamed)
    await other.shows("workload", RULE)
    other.change("service", SERVICE)
    await other.shows("workload")
    assert desk.rules("workload") == [RULE]


async def test_a_file_outside_is_checked_among_its_project(desk: Desk, tmp_path: Path) -> None:
    desk.write(service=SERVICE)
    await desk.start()
    outside = Desk(desk.client, tmp_path / "outside")
    outside.write(service=SERVICE.replace("name: db\n", "name: db-headless\n", 1), odd=WORKLOAD)
    outside.write(workload=WORKLOAD)
    configure(outside.folder, "")
    outside.open("workload")
    await outside.shows("workload", RULE)
    (shown,) = outside.diagnostics("workload")
    assert [e.location.uri for e in shown.related_information or ()] == [outside.uri("service")]
    assert not outside.rules("odd")  # it is read, and nobody asked about it
    outside.close("workload")
    await outside.shows("workload")


async def test_what_a_config_leaves_out_is_not_checked(desk: Desk, missing: str) -> None:
    desk.write(workload=missing, service=SERVICE, **{"vendor/workload": missing})
    configure(desk.folder, "paths: {exclude: [vendor]}\n")
    await desk.start()
    desk.open("vendor/workload")
    await desk.shows("workload", RULE)
    assert not desk.diagnostics("vendor/workload")
    reconfigure(desk, "")
    await desk.shows("vendor/workload", RULE)
    reconfigure(desk, "paths: {exclude: [vendor]}\n")
    await desk.shows("vendor/workload")


async def test_a_folder_is_checked_among_the_project_above_it(desk: Desk) -> None:
    desk.write(service=SERVICE, **{"apps/workload": WORKLOAD})
    configure(desk.folder, "")
    await desk.start(desk.folder / "apps")
    desk.open("apps/workload")
    desk.change("apps/workload", WORKLOAD.replace("app: db", "app: web"))
    await desk.shows("apps/workload", "governing-service-selects-other-pods")
    desk.open("service")
    desk.change("service", SERVICE.replace("app: db", "app: web"))
    await desk.shows("apps/workload")


async def test_an_object_that_lives_elsewhere_is_found_in_the_config(desk: Desk) -> None:
    external = "external:\n  - {kind: Service, name: db}\n"
    desk.write(workload=WORKLOAD, service=SERVICE.replace("name: db\n", "name: web\n", 1))
    configure(desk.folder, external)
    await desk.start()
    desk.open("workload")
    at = lsp.DefinitionParams(desk.id("workload"), place(WORKLOAD, "serviceName: d|b"))
    found = await desk.client.text_document_definition_async(at)
    assert isinstance(found, list)
    (there,) = found
    assert isinstance(there, lsp.Location)
    assert there.uri == desk.uri(CONFIG)
    assert there.range.start.line == 1
    hover = lsp.HoverParams(desk.id("workload"), at.position)
    assert await desk.client.text_document_hover_async(hover) is not None
    assert not desk.rules("workload")
