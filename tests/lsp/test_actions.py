"""A quick fix does away with its finding, and with nothing else."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from hslint.document import documents
from hslint.engine import lint
from hslint.lsp.actions import actions
from hslint.registry import load
from hslint.settings import Settings
from hslint.source import Source
from tests.lsp.desk import WORKLOAD, Desk

RULES = load()
CLOSED = Settings(closed_world=True)
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
    (action,) = actions(text, [finding])
    (edit,) = action.edits
    lines = text.split("\n")
    line = lines[edit.line]
    lines[edit.line] = line[: edit.column] + edit.text + line[edit.column :]
    return action.title, "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "rule", "title", "comment"),
    [
        (
            WORKLOAD,
            "governing-service-missing",
            "Ignore governing-service-missing here",
            "  serviceName: db # hslint: ignore[governing-service-missing]\n",
        ),
        (
            WORKLOAD.replace("Name: db", "Name: db  # made elsewhere"),
            "governing-service-missing",
            "Ignore governing-service-missing here",
            "db  # made elsewhere # hslint: ignore[governing-service-missing]\n",
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
    assert not list(actions(text, found))


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
    assert edit.new_text == " # hslint: ignore[governing-service-missing]"
    assert edit.range.start == lsp.Position(line, len(missing.split("\n")[line]))
