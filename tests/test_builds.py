"""What kustomizations make of the objects they use, without running kustomize."""

from __future__ import annotations

import pytest

from hslint import registry
from hslint.engine import lint
from hslint.gather import Gathered, gather
from hslint.reading import Reader
from hslint.settings import Settings
from hslint.source import Source

RULES = registry.load()

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
STATEFUL_SET = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 3
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
          ports:
            - name: db
              containerPort: 27017
"""


def gathered(**files: str) -> Gathered:
    names = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    sources = [Source(name, text.encode()) for name, text in names.items()]
    reader = Reader(RULES, Settings())
    return gather(sources, [reader.read(source).packed() for source in sources], Settings())


def found(**files: str) -> list[tuple[str, str]]:
    names = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    result = lint([Source(name, text.encode()) for name, text in names.items()], RULES)
    assert result.faults == []
    return [(f.rule, f.severity.name) for f in result.findings]


def test_the_outermost_namespace_is_the_one_of_the_object() -> None:
    files = gathered(
        base__service=SERVICE,
        base__kustomization="resources: [service.yaml]\nnamespace: base\n",
        prod__kustomization="resources: [../base]\nnamespace: prod\n",
    )

    assert [m.namespace for m in files.manifests] == ["prod"]


def test_an_object_of_several_builds_is_in_no_known_namespace() -> None:
    files = gathered(
        base__service=SERVICE,
        base__kustomization="resources: [service.yaml]\n",
        prod__kustomization="resources: [../base]\nnamespace: prod\n",
        test__kustomization="bases: [../base]\nnamespace: test\n",
    )

    assert [m.namespace for m in files.manifests] == [None]


def test_prefixes_and_suffixes_nest() -> None:
    (service,) = gathered(
        base__service=SERVICE,
        base__kustomization="resources: [service.yaml]\nnamePrefix: a-\nnameSuffix: -z\n",
        prod__kustomization="resources: [../base]\nnamePrefix: prod-\n",
    ).manifests

    assert service.build is not None
    assert service.build.names == {"prod-a-db-z"}


def test_a_prefixed_name_is_found() -> None:
    workload = STATEFUL_SET.replace("serviceName: db", "serviceName: prod-db")

    assert ("governing-service-missing", "warning") in found(
        base__service=SERVICE, set=workload, base__kustomization="resources: [service.yaml]\n"
    )
    assert not found(
        base__service=SERVICE,
        set=workload,
        base__kustomization="resources: [service.yaml]\nnamePrefix: prod-\n",
    )


def test_labels_are_added_to_pods_but_only_where_asked_for() -> None:
    (workload,) = gathered(
        set=STATEFUL_SET,
        kustomization="""\
resources: [set.yaml]
commonLabels: {team: data}
labels:
  - pairs: {tier: back}
    includeSelectors: true
  - pairs: {note: seen}
  - pairs: {side: in}
    includeTemplates: true
""",
    ).manifests

    assert workload.labels == {"team": "data", "tier": "back", "note": "seen", "side": "in"}
    assert workload.build is not None
    assert workload.build.template_labels == {"team": "data", "tier": "back", "side": "in"}


@pytest.mark.parametrize(
    ("labels", "severity"),
    [
        ("commonLabels: {app: db}\n", "info"),
        ("labels:\n  - pairs: {app: db}\n    includeSelectors: true\n", "info"),
        ("labels:\n  - pairs: {app: db}\n    includeTemplates: true\n", "error"),
    ],
)
def test_a_selector_may_come_with_the_labels(labels: str, severity: str) -> None:
    workload = STATEFUL_SET.replace("  selector:\n    matchLabels:\n      app: db\n", "")
    assert workload != STATEFUL_SET

    assert ("missing-field", severity) in found(
        service=SERVICE,
        set=workload,
        kustomization=f"resources: [service.yaml, set.yaml]\n{labels}",
    )


BROKEN = STATEFUL_SET.replace("serviceName: db", "serviceName: dbx")


@pytest.mark.parametrize(
    ("patch", "severity"),
    [
        ("patches:\n  - path: patch.yaml\n", "info"),
        ("patchesStrategicMerge:\n  - patch.yaml\n", "info"),
        ("patches:\n  - patch.yaml\n", "info"),
        (
            (
                "patches:\n  - target: {kind: StatefulSet, name: d.}\n"
                "    patch: |-\n      - {op: replace, path: /spec/serviceName, value: db}\n"
            ),
            "info",
        ),
        (
            (
                "patches:\n  - target: {kind: StatefulSet, name: db}\n"
                "    patch: |-\n      - {op: replace, path: /spec/replicas, value: 5}\n"
            ),
            "warning",
        ),
        (
            (
                "patches:\n  - target: {kind: Deployment}\n"
                "    patch: |-\n      - {op: remove, path: /spec/serviceName}\n"
            ),
            "warning",
        ),
    ],
)
def test_what_a_patch_touches_is_no_more_than_info(patch: str, severity: str) -> None:
    files = {
        "service": SERVICE,
        "set": BROKEN,
        "kustomization": f"resources: [service.yaml, set.yaml]\n{patch}",
    }
    if "patch.yaml" in patch:
        files["patch"] = (
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\n"
            "spec:\n  serviceName: db\n"
        )

    assert found(**files) == [("governing-service-missing", severity)]


def test_a_patch_of_one_container_leaves_the_others_alone() -> None:
    (workload,) = gathered(
        set=STATEFUL_SET,
        kustomization="resources: [set.yaml]\npatches:\n  - path: patch.yaml\n",
        patch="""\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  template:
    spec:
      containers:
        - name: mongo
          image: mongo:9
""",
    ).manifests
    assert workload.build is not None
    container = ("spec", "template", "spec", "containers", 0)

    assert workload.build.touches((*container, "image"))
    assert workload.build.touches(container)
    assert not workload.build.touches((*container, "ports", 0, "name"))
    assert not workload.build.touches(("spec", "serviceName"))


def test_a_kustomization_that_uses_itself_ends() -> None:
    files = gathered(
        kustomization="resources: [., service.yaml]\nnamespace: prod\n", service=SERVICE
    )

    assert len(files.manifests) == 1


def test_a_remote_base_may_hold_what_is_missing() -> None:
    assert found(
        set=BROKEN,
        service=SERVICE,
        kustomization="resources: [set.yaml, service.yaml, github.com/example/base?ref=v1]\n",
    ) == [("governing-service-missing", "info")]


@pytest.mark.parametrize(
    ("host", "rules"),
    [("prod-db-0.prod-db", []), ("prod-db-7.prod-db", ["host-number-out-of-range"])],
)
def test_pods_have_prefixed_names(host: str, rules: list[str]) -> None:
    client = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"
        f"spec: {{containers: [{{name: web, image: 'web:1', args: ['x://{host}:27017/']}}]}}\n"
    )
    files = {"set": STATEFUL_SET, "service": SERVICE, "web": client}
    uses = ", ".join(f"{name}.yaml" for name in files)
    said = found(**files, kustomization=f"resources: [{uses}]\nnamePrefix: prod-\n")

    assert [rule for rule, _ in said if rule.startswith("host-")] == rules
