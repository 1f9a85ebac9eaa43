"""Objects that a config says live elsewhere satisfy whatever refers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hslint import registry
from hslint.contract import INFO
from hslint.engine import lint
from hslint.examples import Example, examples
from hslint.settings import Settings
from hslint.source import Source
from hslint.yaml.load import load
from hslint.yaml.split import split

if TYPE_CHECKING:
    from pathlib import Path

    from hslint.finding import Finding

RULES = registry.load()
GOOD = [
    pytest.param(example, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(examples(rule), 1)
    if not example.bad and not example.error and len(example.files) == 1
]
#: A grant is looked for by what it allows, and not by its name.
NOT_REFERRED_TO = ("ReferenceGrant.gateway.networking.k8s.io",)


@pytest.fixture
def config(tmp_path: Path) -> str:
    file = tmp_path / ".hslint.yaml"
    file.write_text("external: []  # each entry stands here\n")
    return str(file)


def findings(
    config: str, texts: list[bytes], given: Settings, *entries: tuple[Any, ...]
) -> list[Finding]:
    """What is found in *texts*, with *entries* (kind, name, namespace, ports, labels) elsewhere."""
    settings = Settings(
        minor=given.minor, namespace=given.namespace, closed_world=given.closed_world
    )
    settings.file = config
    settings.external = [(*entry, 1, 1) for entry in entries]
    source = Source("all.yaml", b"\n---\n".join(texts), named=True)
    return lint([source], RULES, settings, level=INFO).findings


def entry(value: dict[str, Any]) -> tuple[Any, ...]:
    """What a config could say of an object, without its ports."""
    metadata = value.get("metadata") or {}
    group = value["apiVersion"].rpartition("/")[0]
    kind = value["kind"] + (f".{group}" if "." in group else "")
    template = (value.get("spec") or {}).get("template") or {}
    labels = (template.get("metadata") or metadata).get("labels")
    return kind, metadata.get("name"), metadata.get("namespace"), None, labels


@pytest.mark.parametrize("example", GOOD)
def test_an_object_moved_from_the_files_to_the_config_leaves_nothing_to_say(
    example: Example, config: str
) -> None:
    ((_, text),) = example.files
    texts = [chunk.text for chunk in split(text.encode())]
    known = {(f.rule, f.message) for f in findings(config, texts, example.settings)}
    for number, moved in enumerate(texts):
        value, _ = load(moved)
        if not isinstance(value, dict) or "apiVersion" not in value or "items" in value:
            continue
        told = entry(value)
        if told[0] in NOT_REFERRED_TO:
            continue
        left = texts[:number] + texts[number + 1 :]
        found = findings(config, left, example.settings, told)
        assert [f.message for f in found if (f.rule, f.message) not in known] == [], told


@pytest.mark.parametrize(
    ("rule", "entry"),
    [
        ("governing-service-missing", ("Service", "db", None, None, None)),
        ("backend-service-missing", ("Service", "web", None, None, None)),
        ("misspelt-reference", ("ConfigMap", "web-cofnig", None, None, None)),
        ("selector-matches-no-pod", ("Pod", "x", None, None, {"app": "web", "tier": "front"})),
        (
            "selector-matches-no-pod",
            ("Deployment", "x", None, None, {"app": "web", "tier": "front"}),
        ),
    ],
)
def test_what_is_elsewhere_is_not_missing(rule: str, entry: tuple[Any, ...], config: str) -> None:
    example = next(each for each in examples(RULES.by_name[rule]) if each.bad)
    texts = [text.encode() for _, text in example.files]

    assert rule in {f.rule for f in findings(config, texts, example.settings)}
    assert rule not in {f.rule for f in findings(config, texts, example.settings, entry)}


INGRESS = b"""\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 8080
"""


def test_a_port_is_held_against_the_ports_that_are_told(config: str) -> None:
    ports = [{"port": 80, "name": "http"}]
    (found,) = findings(config, [INGRESS], Settings(), ("Service", "web", None, ports, None))
    fitting = [{"port": 8080}]

    assert found.rule == "backend-port-not-found"
    assert found.related[0].span.file == config
    assert found.related[0].source[1] == "external: []  # each entry stands here"
    for told in (None, fitting):
        elsewhere = ("Service", "web", None, told, None)
        assert findings(config, [INGRESS], Settings(), elsewhere) == []


def test_an_object_of_another_namespace_or_kind_is_another(config: str) -> None:
    for elsewhere in (
        ("Service", "web", "other", None, None),
        ("Service.serving.knative.dev", "web", None, None, None),
        ("ConfigMap", "web", None, None, None),
    ):
        (found,) = findings(config, [INGRESS], Settings(), elsewhere)
        assert found.rule == "backend-service-missing"
    assert findings(config, [INGRESS], Settings(), ("Service", "web", "shop", None, None)) == []
