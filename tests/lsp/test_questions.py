"""An editor is told what a name leads to, where that is, who refers to it, and what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from lsprotocol import types as lsp

from tests.lsp.desk import SERVICE, WORKLOAD, Desk, connect, place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLIENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              port: http
          env:
            - name: DATABASE
              value: postgres://db-0.db:5432/app
            - name: PEER
              value: http://db-7.db:5432/
            - name: LEVEL
              valueFrom:
                configMapKeyRef:
                  name: settings
                  key: level
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: http
    - name: other
      port: 81
      targetPort: nothing
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        name: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  level: info
  hosts: |
    # who there is
    upstream: http://db.default.svc.cluster.local:5432/
---
apiVersion: v1
kind: Service
metadata:
  name: nobody
spec:
  selector:
    app: web
    tier: front
  ports:
    - port: 80
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: images
data:
  size: large
binaryData:
  logo: AAAA
---
apiVersion: v1
kind: Pod
metadata:
  name: artist
spec:
  containers:
    - name: artist
      image: artist:1
  volumes:
    - name: images
      configMap:
        name: images
        items:
          - key: logo
            path: logo.png
          - key: lgoo
            path: other.png
    - name: more
      configMap:
        name: sounds
"""
FILES = {"service": SERVICE, "workload": WORKLOAD, "client": CLIENT}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """An editor with some files that belong together, all of them open."""
    client = await connect()
    desk = Desk(client, tmp_path_factory.mktemp("manifests"))
    desk.write(**FILES)
    await desk.start()
    for name in FILES:
        desk.open(name)
    yield desk
    await client.shutdown_session()
    await client.stop()  # type: ignore[no-untyped-call]


async def hovered(desk: Desk, file: str, marked: str) -> str:
    asked = lsp.HoverParams(desk.id(file), place(FILES[file], marked))
    shown = await desk.client.text_document_hover_async(asked)
    if shown is None:
        return ""
    assert isinstance(shown.contents, lsp.MarkupContent)
    return shown.contents.value


@pytest.mark.parametrize(
    ("file", "marked", "parts"),
    [
        (
            "workload",
            "serviceName: |db",
            [
                "**Service `db`**, headless, `service.yaml:4`",
                "`app=db` selects the pods of",
                "- StatefulSet `db` (`workload.yaml:4`): labels `app=db`",
                "- `db.NAMESPACE.svc.cluster.local`",
                "- `db-0.db.NAMESPACE.svc.cluster.local`",
                "- `db-2.db.NAMESPACE.svc.cluster.local`",
            ],
        ),
        ("service", "name: d|b\nspec", ["**Service `db`**", "- `db-1.db.NAMESPACE"]),
        ("service", "app: db|", ["`app=db` selects the pods of", "StatefulSet `db`"]),
        ("service", "sel|ector:", ["`app=db` selects the pods of", "StatefulSet `db`"]),
        ("service", "targetPort: p|g", ["- 5432/TCP `pg` of StatefulSet `db`"]),
        ("client", "tier: fr|ont", ["selects no pod", "Deployment `web`", "do not fit in `tier`"]),
        ("client", "targetPort: not|hing", ["No selected pod", "Deployment `web` declares `http`"]),
        ("client", "              port: ht|tp", ["- 8080/TCP `http` of Deployment `web`"]),
        ("client", "- name: ht|tp\n              container", ["Service `web`", "Deployment `web`"]),
        ("client", "//db-0.d|b:", ["a pod of StatefulSet `db`", "**Service `db`**"]),
        ("client", "db-7.|db", ["not answered: the number is none of the workload's"]),
        ("client", "http://db.def|ault.svc", ["**Service `db`**, headless"]),
        ("client", "    service:\n      name: w|eb", ["**Service `web`**, ClusterIP"]),
        ("client", "        name: ht|tp", ["80/TCP `http` of Service `web`"]),
        ("client", "name: set|tings\n                  key", ["ConfigMap `settings`"]),
        ("client", "key: lo|go", ["Key `logo` of ConfigMap `images` (`client.yaml:"]),
        ("client", "key: lg|oo", ["ConfigMap `images` (`", "no key `lgoo`; it has `size`, `logo`"]),
        ("client", "name: sou|nds", ["No ConfigMap `sounds` in the workspace."]),
        ("client", "kind: De|ployment", []),
        ("client", "# who |there", []),
    ],
)
async def test_a_name_tells_what_it_leads_to(
    reader: Desk, file: str, marked: str, parts: list[str]
) -> None:
    shown = await hovered(reader, file, marked)
    assert [part for part in parts if part not in shown] == [], shown
    assert bool(shown) == bool(parts)


def lines(found: object) -> set[tuple[str, int]]:
    assert isinstance(found, (list, tuple))
    return {(each.uri.rpartition("/")[2], each.range.start.line + 1) for each in found}


@pytest.mark.parametrize(
    ("file", "marked", "targets"),
    [
        ("workload", "serviceName: |db", {("service.yaml", 4)}),
        (
            "service",
            "name: |db\nspec",
            {("workload.yaml", 6), *(("client.yaml", line) for line in (25, 27, 68))},
        ),
        ("service", "a|pp: db", {("workload.yaml", 14)}),
        ("workload", "labels:\n        app: d|b", {("service.yaml", 8), ("workload.yaml", 10)}),
        ("service", "targetPort: |pg", {("workload.yaml", 20)}),
        ("workload", "- name: |pg", {("service.yaml", 12)}),
        ("client", "              port: ht|tp", {("client.yaml", 18)}),
        ("client", "service:\n      name: |web", {("client.yaml", 37)}),
        ("client", "      port:\n        name: h|ttp", {("client.yaml", 42)}),
        ("client", "    - name: h|ttp\n      port", {("client.yaml", 58)}),
        ("client", "//db-0.d|b:", {("service.yaml", 4), ("workload.yaml", 4)}),
        ("client", "name: set|tings\n                  key", {("client.yaml", 63)}),
        ("client", "key: lev|el", {("client.yaml", 65)}),
        ("client", "name: sett|ings\ndata", {("client.yaml", 31)}),
        ("client", "  lev|el: info", {("client.yaml", 32)}),
        ("client", "image: ng|inx", set()),
    ],
)
async def test_a_name_leads_to_what_it_means_and_back(
    reader: Desk, file: str, marked: str, targets: set[tuple[str, int]]
) -> None:
    asked = lsp.DefinitionParams(reader.id(file), place(FILES[file], marked))
    assert lines(await reader.client.text_document_definition_async(asked)) == targets


@pytest.mark.parametrize("marked", ["serviceName: |db", "  name: d|b\nspec"])
@pytest.mark.parametrize("declared", [True, False])
async def test_references_are_the_same_from_both_ends(
    reader: Desk, marked: str, *, declared: bool
) -> None:
    file = "workload" if "serviceName" in marked else "service"
    asked = lsp.ReferenceParams(
        lsp.ReferenceContext(include_declaration=declared),
        reader.id(file),
        place(FILES[file], marked),
    )
    found = lines(await reader.client.text_document_references_async(asked))
    references = {("workload.yaml", 6), *(("client.yaml", line) for line in (25, 27, 68))}
    assert found == references | ({("service.yaml", 4)} if declared else set())


TYPED = {
    "serviceName": (WORKLOAD, "serviceName: db", "serviceName: |", {"db", "web", "nobody"}),
    "half a word": (WORKLOAD, "serviceName: db", "serviceName: d|", {"db", "web", "nobody"}),
    "at the colon": (WORKLOAD, "serviceName: db", "serviceName:|", {" db", " web", " nobody"}),
    "in quotes": (WORKLOAD, "serviceName: db", 'serviceName: "|', {"db", "web", "nobody"}),
    "selector key": (SERVICE, "    app: db\n", "    a|\n", {"app: "}),
    "selector value": (SERVICE, "app: db", "app: |", {"db", "web"}),
    "matchLabels": (WORKLOAD, "s:\n      app: db", "s:\n      app: d|", {"db", "web"}),
    "targetPort": (SERVICE, "targetPort: pg", "targetPort: |", {"pg"}),
    "probe": (CLIENT, "port: http\n", "port: |\n", {"http"}),
    "backend": (CLIENT, "e:\n      name: web", "e:\n      name: |", {"db", "web", "nobody"}),
    "backend port": (CLIENT, "t:\n        name: http", "t:\n        name: |", {"http", "other"}),
    "config map": (CLIENT, "name: settings\n  ", "name: |\n  ", {"images", "settings"}),
    "elsewhere": (CLIENT, "image: nginx:1.29", "image: |", set()),
}


@pytest.mark.parametrize("broken", ["", 'status: {"', "\tx: 1"])
@pytest.mark.parametrize("typed", TYPED)
async def test_what_fits_is_offered_also_in_broken_text(
    reader: Desk, typed: str, broken: str
) -> None:
    text, old, new, words = TYPED[typed]
    name = next(name for name, known in FILES.items() if known == text)
    changed = text.replace(old, new.replace("|", ""), 1) + broken
    reader.change(name, changed)
    start = text.index(old)
    before = text[:start] + new.partition("|")[0]
    position = lsp.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
    asked = lsp.CompletionParams(reader.id(name), position)
    offered = await reader.client.text_document_completion_async(asked)
    reader.change(name, text)
    assert isinstance(offered, (list, tuple))
    assert {item.text_edit.new_text for item in offered if item.text_edit} == words
