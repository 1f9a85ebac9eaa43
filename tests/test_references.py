"""What a reference by name is held against: the objects beside it, and what will be made."""

from __future__ import annotations

import pytest

from hslint import registry
from hslint.engine import lint
from hslint.source import Source

RULES = registry.load().select(["reference"])

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: nginx:1.29
      envFrom: [{secretRef: {name: web-credentials}}]
"""
SECRET = """
apiVersion: v1
kind: Secret
metadata: {name: web-credential}
"""
SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: None, ports: [{port: 80}]}
"""
INGRESS = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 8080}}}}
"""


def found(files: dict[str, str]) -> list[tuple[str, str]]:
    """The (severity, rule) of each warning and error."""
    sources = [Source(name, text.encode(), named=True) for name, text in files.items()]
    result = lint(sources, RULES)
    assert result.faults == []
    return [(f.severity.name, f.rule) for f in result.findings if f.severity.name != "info"]


def test_a_like_name_in_the_same_file_is_meant() -> None:
    assert found({"all.yaml": POD + "---" + SECRET}) == [("warning", "misspelt-reference")]


@pytest.mark.parametrize(
    "maker",
    [
        (
            "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web}\n"
            "spec: {target: {name: web-credentials}}"
        ),
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: web-credentials}",
        (
            "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web}\n"
            "spec: {secretName: web-credentials}"
        ),
        (
            "apiVersion: batch/v1\nkind: Job\nmetadata: {name: make}\nspec: {template: {spec: {"
            "restartPolicy: Never, containers: [{name: make, image: example.com/make:1, "
            "args: [--secret-name=web-credentials]}]}}}"
        ),
    ],
    ids=["external", "sealed", "certificate", "program"],
)
def test_what_something_else_makes_is_not_misspelt(maker: str) -> None:
    assert found({"all.yaml": POD + "---" + SECRET + "---\n" + maker}) == []


def test_what_a_kustomization_generates_is_not_misspelt() -> None:
    kustomization = "secretGenerator: [{name: web-credentials, literals: [a=b]}]"
    assert found({"all.yaml": POD + "---" + SECRET, "kustomization.yaml": kustomization}) == []


def test_a_service_beside_is_the_one_that_is_meant() -> None:
    files = {"app/service.yaml": SERVICE, "ingress/web.yaml": INGRESS}
    assert found(files) == [("error", "backend-port-not-found")]


def test_a_service_far_off_may_be_another() -> None:
    files = {"one/app/service.yaml": SERVICE, "two/ingress/web.yaml": INGRESS}
    assert found(files) == []


def test_any_service_of_the_name_will_do() -> None:
    other = SERVICE.replace("port: 80", "port: 8080")
    files = {"app/service.yaml": SERVICE, "app/other.yaml": other, "app/ingress.yaml": INGRESS}
    assert found(files) == []


def reader(reads: str, pod: str = "args: [service, web]") -> str:
    """A ConfigMap and a Pod that reads it, both in flow style."""
    return (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {LOG_LEVEL: info}\n---\n"
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"
        f"spec: {{containers: [{{name: web, image: nginx:1.29, {pod}, {reads}}}], "
        "volumes: [{name: all, configMap: {name: web}}, {name: some, configMap: "
        "{name: web, items: [{key: LOG_LEVEL, path: etc/level}]}}]}\n"
    )


@pytest.mark.parametrize("key", ["LOG_LEVL", "LOG_LEVEL"])
def test_a_key_in_capitals_is_no_placeholder(key: str) -> None:
    text = reader(f"env: [{{name: L, valueFrom: {{configMapKeyRef: {{name: web, key: {key}}}}}}}]")
    assert bool(found({"all.yaml": text})) == (key != "LOG_LEVEL")


def test_a_custom_resource_may_write_more_into_what_is_here() -> None:
    env = "env: [{name: L, valueFrom: {configMapKeyRef: {name: web, key: level}}}]"
    maker = "---\napiVersion: example.com/v1\nkind: Fill\nmetadata: {name: x}\nspec: {of: web}"
    assert found({"all.yaml": reader(env)}) == [("warning", "missing-config-key")]
    assert found({"all.yaml": reader(env) + maker}) == []


@pytest.mark.parametrize(
    ("volume", "path", "count"),
    [
        *[("all", "LOG_LEVEL", 0), ("all", "level", 1), ("some", "LOG_LEVEL", 1)],
        *[
            ("some", "etc/level", 0),
            ("some", "etc", 0),
            ("some", "./etc/", 0),
            ("some", "level", 1),
        ],
    ],
)
def test_a_sub_path_is_a_key_or_the_path_of_an_item(volume: str, path: str, count: int) -> None:
    mount = f"volumeMounts: [{{name: {volume}, mountPath: /x, subPath: {path}}}]"
    assert found({"all.yaml": reader(mount)}) == [("warning", "missing-config-key")] * count
