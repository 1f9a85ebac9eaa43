"""An editor shows what ``hslint`` finds, at every moment."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest
from lsprotocol import types as lsp

from tests.lsp.desk import SERVICE, WORKLOAD, Desk

pytestmark = pytest.mark.asyncio

OTHER = SERVICE.replace("app: db", "app: web")


async def test_both_ends_of_a_finding_are_shown(desk: Desk) -> None:
    desk.write(service=OTHER, workload=WORKLOAD)
    await desk.start()
    desk.open("workload")
    await desk.shows("workload", "governing-service-selects-other-pods")
    (shown,) = (d for d in desk.diagnostics("workload") if d.code == desk.rules("workload")[0])
    assert shown.source == "hslint"
    assert shown.severity == lsp.DiagnosticSeverity.Error
    assert shown.range == lsp.Range(lsp.Position(5, 15), lsp.Position(5, 17))
    assert "never resolves" in shown.message
    ends = {(e.location.uri, e.location.range.start.line) for e in shown.related_information or ()}
    assert ends == {(desk.uri("service"), 7), (desk.uri("workload"), 13)}


async def test_a_finding_links_to_the_page_of_its_rule(desk: Desk) -> None:
    desk.write(service=OTHER, workload=WORKLOAD)
    await desk.start()
    desk.open("workload")
    await desk.shows("workload", "governing-service-selects-other-pods")
    (shown,) = (d for d in desk.diagnostics("workload") if d.code == desk.rules("workload")[0])
    assert shown.code_description is not None
    file = url2pathname(urlparse(shown.code_description.href).path)
    text = await asyncio.to_thread(Path(file).read_text, encoding="utf-8")
    assert text.startswith("# governing-service-selects-other-pods")


async def test_files_that_are_not_open_are_checked_too(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    await desk.start()
    await desk.shows("workload", "governing-service-missing")


async def test_what_is_typed_counts_before_it_is_saved(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    await desk.start()
    desk.open("workload")
    await desk.shows("workload", "governing-service-missing")
    desk.change("workload", WORKLOAD)
    await desk.shows("workload")
    assert (desk.folder / "workload.yaml").read_text() == missing


async def test_an_edit_changes_what_is_shown_of_another_file(desk: Desk) -> None:
    desk.write(service=SERVICE, workload=WORKLOAD)
    await desk.start()
    desk.open("service")
    desk.change("service", SERVICE.replace("name: db\n", "name: other\n"))
    await desk.shows("workload", "governing-service-missing")
    desk.save("service")
    desk.change("service", SERVICE)
    await desk.shows("workload")


async def test_closing_without_saving_brings_back_what_is_on_disk(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=WORKLOAD)
    await desk.start()
    desk.open("workload")
    desk.change("workload", missing)
    await desk.shows("workload", "governing-service-missing")
    desk.close("workload")
    await desk.shows("workload")


async def test_files_that_change_on_disk_are_read_again(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=WORKLOAD)
    await desk.start()
    desk.open("service")
    desk.write(workload=missing)
    desk.watch(lsp.FileChangeType.Changed, "workload")
    await desk.shows("workload", "governing-service-missing")
    desk.write(workload=WORKLOAD)
    desk.save("service")  # an editor that watches nothing tells no more
    await desk.shows("workload")


async def test_a_deleted_file_loses_what_was_shown(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    await desk.start()
    await desk.shows("workload", "governing-service-missing")
    (desk.folder / "workload.yaml").unlink()
    deleted = lsp.DeleteFilesParams([lsp.FileDelete(desk.uri("workload"))])
    desk.client.workspace_did_delete_files(deleted)
    await desk.shows("workload")


async def test_a_new_file_is_part_of_the_world_before_it_is_saved(desk: Desk) -> None:
    desk.write(workload=WORKLOAD, another=OTHER.replace("name: db", "name: web"))
    await desk.start()
    await desk.shows("workload", "governing-service-missing")
    desk.open("service", SERVICE)
    await desk.shows("workload")
    desk.save("service")
    desk.close("service")
    await desk.shows("workload")


async def test_a_renamed_file_takes_its_findings_along(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    await desk.start()
    await desk.shows("workload", "governing-service-missing")
    (desk.folder / "workload.yaml").rename(desk.folder / "renamed.yaml")
    renamed = lsp.FileRename(desk.uri("workload"), desk.uri("renamed"))
    desk.client.workspace_did_rename_files(lsp.RenameFilesParams([renamed]))
    await desk.shows("renamed", "governing-service-missing")
    await desk.shows("workload")


async def test_all_folders_are_one_world(desk: Desk, tmp_path: Path, missing: str) -> None:
    desk.write(workload=WORKLOAD, another=OTHER.replace("name: db", "name: web"))
    other = Desk(desk.client, tmp_path / "other")
    other.write(service=SERVICE, odd=missing)
    await desk.start(desk.folder, other.folder)
    await other.shows("odd", "governing-service-missing")
    assert not desk.rules("workload")
    gone = lsp.WorkspaceFolder(other.folder.as_uri(), "other")
    moved = lsp.WorkspaceFoldersChangeEvent(added=[], removed=[gone])
    desk.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(moved))
    await other.shows("odd")
    await desk.shows("workload", "governing-service-missing")


async def test_a_file_outside_is_checked_alone(desk: Desk, tmp_path: Path) -> None:
    desk.write(service=SERVICE, workload=WORKLOAD)
    await desk.start()
    outside = Desk(desk.client, tmp_path / "outside")
    outside.write(pair=f"{OTHER}---\n{WORKLOAD}")
    outside.open("pair")
    await outside.until(lambda: "governing-service-selects-other-pods" in outside.rules("pair"))
    assert not desk.rules("workload")
    outside.close("pair")
    await outside.shows("pair")


async def test_broken_yaml_is_a_finding_and_no_more(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    await desk.start()
    desk.open("workload")
    await desk.shows("workload", "governing-service-missing")
    for end in range(10, len(missing), 40):
        desk.change("workload", missing[:end] + ' "[{')
    desk.change("workload", missing.replace("serviceName: ", 'serviceName: "'))
    await desk.shows("workload", "syntax-error")
    desk.change("workload", WORKLOAD)
    await desk.shows("workload")


async def test_binary_and_huge_files_do_no_harm(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=missing)
    far = desk.folder / "far" / "off" / "there"  # what cannot be read may hold what is missing
    far.mkdir(parents=True)
    (far / "picture.yaml").write_bytes(bytes(range(256)) * 40)
    (far / "huge.yaml").write_text(
        "\n---\n".join(SERVICE.replace("name: db", f"name: db-{n}") for n in range(3000))
    )
    await desk.start()
    desk.open("workload")
    await desk.shows("workload", "governing-service-missing")
    desk.open("far/off/there/picture", "kind: \0\n")
    desk.change("workload", WORKLOAD)
    await desk.shows("workload")


EMOJI = '{"😀": 1, "clusterIP": "nobody"}'


@pytest.mark.parametrize(
    ("encoding", "start"),
    [
        (None, 29),
        (lsp.PositionEncodingKind.Utf16, 29),
        (lsp.PositionEncodingKind.Utf8, 31),
        (lsp.PositionEncodingKind.Utf32, 28),
    ],
)
async def test_columns_count_as_agreed(
    desk: Desk, encoding: lsp.PositionEncodingKind | None, start: int
) -> None:
    service = f"apiVersion: v1\nkind: Service\nmetadata: {{name: db}}\nspec: {EMOJI}\n"
    desk.write(service=service)
    await desk.start(encodings=[encoding] if encoding else ())
    await desk.until(lambda: "cluster-ip-invalid" in desk.rules("service"))
    (shown,) = (d for d in desk.diagnostics("service") if d.code == "cluster-ip-invalid")
    assert shown.range.start == lsp.Position(3, start)


async def test_worth_knowing_is_a_hint(desk: Desk) -> None:
    desk.write(service=SERVICE.replace("db\n", "db # hslint: ignore[missing-name]\n", 1))
    await desk.start()
    await desk.until(lambda: bool(desk.diagnostics("service")))
    assert {d.severity for d in desk.diagnostics("service")} == {lsp.DiagnosticSeverity.Hint}


async def test_of_a_burst_of_keys_the_last_counts(desk: Desk, missing: str) -> None:
    desk.write(service=SERVICE, workload=WORKLOAD)
    await desk.start()
    desk.open("workload")
    for number in range(40):
        desk.change("workload", missing.replace("nowhere", f"nowhere-{number}"))
    await desk.shows("workload", "governing-service-missing")
    await asyncio.sleep(0.5)
    assert "`nowhere-39`" in desk.diagnostics("workload")[0].message


async def test_files_are_shown_by_the_names_that_the_editor_has(
    desk: Desk, tmp_path: Path, missing: str
) -> None:
    desk.write(service=SERVICE, workload=missing, unopened=missing)
    (desk.folder / "link.yaml").symlink_to("service.yaml")
    linked = Desk(desk.client, tmp_path / "linked")
    linked.folder.symlink_to(desk.folder)
    await desk.start(linked.folder)
    linked.open("workload")
    await linked.shows("workload", "governing-service-missing")
    await linked.shows("unopened", "governing-service-missing")
    linked.open("link", OTHER)  # another name of service.yaml
    linked.change("workload", WORKLOAD)
    await linked.shows("workload", "governing-service-selects-other-pods")
    assert not any("/manifests/" in uri for uri in desk.client.diagnostics)
