"""A quick fix does away with its finding, and with nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types as lsp

from hslint.document import documents
from hslint.engine import lint
from hslint.lsp.actions import actions
from hslint.registry import load
from hslint.repair import Repair
from hslint.settings import Settings
from hslint.source import Source
from tests.lsp.desk import SERVICE, WORKLOAD, Desk, edited

if TYPE_CHECKING:
    from hslint.lsp.actions import Read

RULES = load()
CLOSED = Settings(closed_world=True)
UNREAD: Read = dict[str, bytes]().__getitem__
BLOCK = """\
apiVersion: v1
kind: Service
metadata: {name: db, namespace: prod}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: prod}
data:
  file: |
    url: http://db.svc.cluster.local:5432/
"""


def findings(text: str) -> list[tuple[str, int]]:
    found = lint([Source("a.yaml", text.encode())], RULES, CLOSED).findings
    return [(f.rule, f.span.line) for f in found]


def applied(text: str, rule: str) -> tuple[str, str]:
    """The title of the quick fix for the first finding of a rule, and what it makes of *text*."""
    found = lint([Source("a.yaml", text.encode())], RULES, CLOSED).findings
    finding = next(f for f in found if f.rule == rule)
    (action,) = actions(text, [finding], UNREAD)
    ((_, number, column, _, _, new),) = action.edits
    lines = text.split("\n")
    line = lines[number - 1]
    lines[number - 1] = line[: column - 1] + new + line[column - 1 :]
    return action.title, "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "rule", "title", "comment"),
    [
        (
            WORKLOAD,
            "governing-service-missing",
            "Ignore governing-service-missing here",
            "  serviceName: db  # hslint: ignore[governing-service-missing]\n",
        ),
        (
            WORKLOAD.replace("Name: db", "Name: db  # made elsewhere"),
            "governing-service-missing",
            "Ignore governing-service-missing here",
            "db  # made elsewhere  # hslint: ignore[governing-service-missing]\n",
        ),
        (
            WORKLOAD.replace("Name: db", "Name: db # hslint: ignore[missing-name] so"),
            "governing-service-missing",
            "Ignore governing-service-missing here",
            "db # hslint: ignore[missing-name, governing-service-missing] so\n",
        ),
        (
            WORKLOAD.replace("Name: db", 'Name:\n    "db\n    "'),
            "governing-service-name-invalid",
            "Ignore governing-service-name-invalid here",
            '    # hslint: ignore[governing-service-name-invalid]\n    "db\n',
        ),
        (
            BLOCK,
            "malformed-host",
            "Ignore malformed-host in this document",
            "---\n# hslint: ignore[malformed-host]\napiVersion",
        ),
    ],
)
def test_a_finding_is_ignored_by_a_comment(text: str, rule: str, title: str, comment: str) -> None:
    told, changed = applied(text, rule)
    assert told == title
    assert comment in changed
    before = [found for found, _ in findings(text)]
    before.remove(rule)
    after = [found for found, _ in findings(changed) if found != "unused-ignore"]
    assert after == [found for found in before if found != "unused-ignore"]
    values = [
        [document.value for document in documents(Source("a.yaml", each.encode()))]
        for each in (text, changed)
    ]
    assert values[0] == values[1]


def test_json_has_no_comments() -> None:
    text = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "Db"}}\n'
    found = lint([Source("a.json", text.encode())], RULES, CLOSED).findings
    assert found
    assert not list(actions(text, found, {"a.json": text.encode()}.__getitem__))


@pytest.mark.asyncio
async def test_the_quick_fix_of_a_line_is_offered(desk: Desk, missing: str) -> None:
    desk.write(workload=missing)
    await desk.start()
    desk.open("workload")
    line = missing[: missing.index("serviceName")].count("\n")
    here = lsp.Range(lsp.Position(line, 0), lsp.Position(line, 0))
    asked = lsp.CodeActionParams(desk.id("workload"), here, lsp.CodeActionContext([]))
    offered = await desk.client.text_document_code_action_async(asked)
    (action,) = offered or ()
    assert isinstance(action, lsp.CodeAction)
    assert action.title == "Ignore governing-service-missing here"
    assert action.kind == lsp.CodeActionKind.QuickFix
    assert [d.code for d in action.diagnostics or ()] == ["governing-service-missing"]
    assert action.edit is not None
    (edit,) = (action.edit.changes or {})[desk.uri("workload")]
    assert edit.new_text == "  # hslint: ignore[governing-service-missing]"
    assert edit.range.start == lsp.Position(line, len(missing.split("\n")[line]))
    assert not action.is_preferred


async def offered(
    desk: Desk, name: str, *only: str, line: int | None = None
) -> list[lsp.CodeAction]:
    """The actions for a line of a file, or for all of it."""
    first, last = (0, 10**6) if line is None else (line, line)
    where = lsp.Range(lsp.Position(first, 0), lsp.Position(last, 0))
    context = lsp.CodeActionContext([], only=list(only) or None)
    asked = lsp.CodeActionParams(desk.id(name), where, context)
    found = await desk.client.text_document_code_action_async(asked) or ()
    return [action for action in found if isinstance(action, lsp.CodeAction)]


async def apply(desk: Desk, action: lsp.CodeAction) -> None:
    """Choose an action: what is open is edited, whatever else it changes is written."""
    assert action.edit is not None
    for uri, edits in (action.edit.changes or {}).items():
        name = uri.rpartition("/")[2].removesuffix(".yaml")
        path = desk.folder / (name if "." in name else f"{name}.yaml")
        text = edited(desk.texts.get(name) or path.read_bytes().decode(), edits)
        if name in desk.texts:
            desk.change(name, text)
        else:
            path.write_bytes(text.encode())
            desk.watch(lsp.FileChangeType.Changed, name)


FLOW = """\
kind: Service
apiVersion: v1
metadata: {name: db}
spec: {"selector": {"😀": "😀"}, clusterIP: None, ports: [{name: pg, port: 5432}]}
"""
FIXED = {
    "none": (
        "cluster-ip-invalid",
        "Write `None`",
        SERVICE.replace("clusterIP: None", 'clusterIP: "none" # 😀'),
        SERVICE.replace("clusterIP: None", 'clusterIP: "None" # 😀'),
    ),
    "behind": (
        "cluster-ip-invalid",
        "Write `None`",
        FLOW.replace("None", "none"),
        FLOW,
    ),
    "number": (
        "wrong-type",
        "Write `3`",
        WORKLOAD.replace("replicas: 3", 'replicas: "3"').replace("\n", "\r\n"),
        WORKLOAD.replace("\n", "\r\n"),
    ),
    "case": (
        "unsupported-value",
        "Write `TCP`",
        SERVICE.replace("port: 5432", "port: 5432\n      protocol: tcp"),
        SERVICE.replace("port: 5432", "port: 5432\n      protocol: TCP"),
    ),
    "label": (
        "number-for-string",
        None,
        SERVICE.replace("selector:\n", "selector:\n    release: 1\n"),
        SERVICE.replace("selector:\n", 'selector:\n    release: "1"\n'),
    ),
}


@pytest.mark.asyncio
@pytest.mark.parametrize(("rule", "title", "before", "after"), FIXED.values(), ids=FIXED)
async def test_the_fix_of_a_rule_does_away_with_its_finding(
    desk: Desk, rule: str, title: str | None, before: str, after: str
) -> None:
    desk.write(a=before)
    await desk.start()
    desk.open("a", before)
    await desk.until(lambda: rule in desk.rules("a"))
    (shown,) = (d for d in desk.diagnostics("a") if d.code == rule)
    actions_there = await offered(desk, "a", "quickfix", line=shown.range.start.line)
    action = next(a for a in actions_there if [d.code for d in a.diagnostics or ()] == [rule])
    assert title in (None, action.title)
    assert action.kind == lsp.CodeActionKind.QuickFix
    assert action.is_preferred
    await apply(desk, action)
    assert desk.texts["a"] == after
    await desk.until(lambda: rule not in desk.rules("a"))


@pytest.mark.asyncio
async def test_a_fix_that_somebody_should_look_at_is_not_preferred(desk: Desk) -> None:
    renamed = SERVICE.replace("name: db\n", "name: db-headless\n", 1)
    desk.write(service=renamed, workload=WORKLOAD)
    await desk.start()
    desk.open("workload")
    await desk.shows("workload", "governing-service-missing")
    fix, ignore = await offered(desk, "workload")
    assert fix.title == "Write `db-headless`"
    assert ignore.title == "Ignore governing-service-missing here"
    assert not fix.is_preferred
    await apply(desk, fix)
    await desk.shows("workload")


@pytest.mark.asyncio
async def test_json_is_fixed_too(desk: Desk) -> None:
    text = (
        '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db"}, "spec": '
        '{"clusterIP": "none", "selector": {"app": "db"}, "ports": [{"port": "80"}]}}\n'
    )
    desk.write()
    (desk.folder / "a.json").write_text(text)
    await desk.start()
    desk.open("a.json", text)
    await desk.until(lambda: "cluster-ip-invalid" in desk.rules("a.json"))
    found = await offered(desk, "a.json", "quickfix")
    assert {"Write `None`", "Write `80`"} <= {action.title for action in found}
    assert not [action.title for action in found if "Ignore" in action.title]
    await apply(desk, next(action for action in found if action.title == "Write `None`"))
    await desk.until(lambda: "cluster-ip-invalid" not in desk.rules("a.json"))
    assert desk.texts["a.json"] == text.replace("none", "None")


@pytest.mark.asyncio
async def test_all_safe_fixes_are_made_at_once(desk: Desk, missing: str) -> None:
    broken = SERVICE.replace("None", "none").replace("port: 5432", 'port: "5432"')
    text = broken + "---\n" + missing.replace("replicas: 3", 'replicas: "3"')
    desk.write(a=text)
    await desk.start()
    desk.open("a")
    (action,) = await offered(desk, "a", "source.fixAll")
    assert action.kind == "source.fixAll.hslint"
    assert {d.code for d in action.diagnostics or ()} == {"cluster-ip-invalid", "wrong-type"}
    await apply(desk, action)
    assert desk.texts["a"] == f"{SERVICE}---\n{missing}"
    await desk.until(lambda: "wrong-type" not in desk.rules("a"))
    assert not await offered(desk, "a", "source.fixAll")
    assert not await offered(desk, "a", "refactor")


def test_a_fix_of_several_files_is_one_action() -> None:
    """As a rule may say it: one place becomes another in two files."""
    texts = {"a.yaml": b"name: a\n", "b.yaml": b"name: b\n"}
    edits = tuple((file, 1, 7, 1, 8, "c") for file in texts)
    changes = tuple((file, 0, ("write", ("name",), "c")) for file in texts)
    found = lint([Source("a.yaml", WORKLOAD.encode())], RULES, CLOSED).findings[:1]
    found[0].fix = Repair("write `c`", edits, changes, safe=True)
    fix, _ = actions(WORKLOAD, found, texts.__getitem__)
    assert fix.edits == edits
    texts["b.yaml"] = b"name: [b]\n"  # it is another text by now
    assert all("Ignore" in action.title for action in actions(WORKLOAD, found, texts.__getitem__))
