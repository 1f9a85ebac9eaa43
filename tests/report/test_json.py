"""The report for programs: its shape is a promise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hslint import ERROR, INFO, Fix, Manifest, Problem, World, rule
from hslint.engine import lint
from hslint.registry import Rules
from hslint.report.json import render
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.document import Document

    from .conftest import Run

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: db
  namespace: prod
spec:
  ports:
    - name: db
      port: 1
"""
CUSTOM = """\
apiVersion: example.com/v1
kind: Database
metadata:
  generateName: db-
"""


def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    if manifest.kind == "Database":
        port = world.all("Service")[0].spec["ports"][0]["name"]
        yield Problem(
            manifest.root,
            "this is wrong",
            related=((port, "for this"),),
            help="mend it",
            fix=Fix.write(port, "web", safe=True),
        )
        yield Problem(manifest["metadata"], "this is strange", severity=INFO)


def test_the_whole_report(run: Run) -> None:
    files = {"service.yaml": SERVICE, "db.yaml": CUSTOM, "values.yaml": "a: 1"}

    assert json.loads(render(run(files, ERROR, check))) == {
        "version": 1,
        "findings": [
            {
                "rule": "test-rule",
                "severity": "error",
                "message": "this is wrong",
                "help": "mend it",
                "fix": {
                    "title": "write `web`",
                    "safe": True,
                    "edits": [
                        {
                            "file": "service.yaml",
                            "line": 8,
                            "column": 13,
                            "end_line": 8,
                            "end_column": 15,
                            "text": "web",
                        }
                    ],
                },
                "file": "db.yaml",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 27,
                "object": {
                    "apiVersion": "example.com/v1",
                    "kind": "Database",
                    "namespace": None,
                    "name": None,
                },
                "path": None,
                "related": [
                    {
                        "message": "for this",
                        "file": "service.yaml",
                        "line": 8,
                        "column": 13,
                        "end_line": 8,
                        "end_column": 15,
                        "object": {
                            "apiVersion": "v1",
                            "kind": "Service",
                            "namespace": "prod",
                            "name": "db",
                        },
                        "path": "spec.ports[0].name",
                    }
                ],
            }
        ],
        "summary": {
            "files": 3,
            "documents": 2,
            "findings": {"error": 1, "warning": 0, "info": 1},
            "skipped": [{"file": "values.yaml", "reason": "no Kubernetes object"}],
            "without_schema": {"Database.example.com/v1": 1},
        },
    }


def test_where_nothing_could_be_read_there_is_no_object() -> None:
    def unread(document: Document) -> Iterator[Problem]:
        yield Problem(document.root, "this cannot be read")

    made = rule(ERROR)(unread)
    made.name = "test-rule"
    result = lint([Source("a.yaml", b"", error="permission denied")], Rules([made]))

    (finding,) = json.loads(render(result))["findings"]
    assert finding == {
        "rule": "test-rule",
        "severity": "error",
        "message": "this cannot be read",
        "help": None,
        "fix": None,
        "file": "a.yaml",
        "line": 1,
        "column": 1,
        "end_line": 1,
        "end_column": 2,
        "object": None,
        "path": None,
        "related": [],
    }


def test_any_text_survives(run: Run) -> None:
    def check(manifest: Manifest) -> Iterator[Problem]:
        yield Problem(manifest.root, manifest["data"]["b"].string)

    text = 'apiVersion: v1\nkind: ConfigMap\ndata: {b: "\\e[2J\\n名\\U0001F600"}\n'
    rendered = render(run({"\udcff.yaml": text}, ERROR, check))

    assert rendered.isascii()
    (finding,) = json.loads(rendered)["findings"]
    assert (finding["message"], finding["file"]) == ("\x1b[2J\n名\U0001f600", "\udcff.yaml")
