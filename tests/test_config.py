"""A config file says what it says, or is refused with the place and the reason."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from hslint.config import Config, ConfigError, read
from hslint.config_keys import KEYS
from hslint.home import HOME
from hslint.registry import load as load_rules
from hslint.settings import Settings
from hslint.yaml.load import load

ROOT = Path(__file__).parent.parent
YAML = """\
paths:
  include: [k8s, "apps/*/deploy"]
  exclude:
    - "**/*.enc.yaml"
kubernetes-version: "1.30"
namespace: shop
cluster-domain: corp.example.
severity:
  governing-service-missing: error
  backend-service-missing: off
ignore:
  - rules: [dns, misspelt-reference]
    paths: [k8s/legacy]
    objects: [StatefulSet/db, Service/prod/*]
    reason: on its way out
external:
  - kind: Service
    name: db
    namespace: data
    ports:
      - name: postgres
        port: 5432
  - {kind: Pod, name: agent, labels: {app: agent}}
schemas: [crds]
"""
TOML = """\
[project]
name = "shop"

[tool.hslint]
kubernetes-version = "1.30"
namespace = "shop"
cluster-domain = "corp.example."
schemas = ["crds"]

[tool.hslint.paths]
include = ["k8s", "apps/*/deploy"]
exclude = ["**/*.enc.yaml"]

[tool.hslint.severity]
governing-service-missing = "error"
backend-service-missing = "off"

[[tool.hslint.ignore]]
rules = ["dns", "misspelt-reference"]
paths = ["k8s/legacy"]
objects = ["StatefulSet/db", "Service/prod/*"]
reason = "on its way out"

[[tool.hslint.external]]
kind = "Service"
name = "db"
namespace = "data"
ports = [{name = "postgres", port = 5432}]

[[tool.hslint.external]]
kind = "Pod"
name = "agent"
labels = {app = "agent"}
"""


def config(folder: Path, text: str, name: str = ".hslint.yaml") -> Config:
    file = folder / name
    file.write_text(text)
    return read(str(file), name, str(folder))


@pytest.mark.parametrize(("name", "text"), [(".hslint.yaml", YAML), ("pyproject.toml", TOML)])
def test_all_that_can_be_said(tmp_path: Path, name: str, text: str) -> None:
    said = config(tmp_path, text, name)

    assert said.folder == str(tmp_path)
    assert said.include == ["k8s", "apps/*/deploy"]
    assert said.exclude == ["**/*.enc.yaml"]
    assert (said.minor, said.namespace, said.cluster_domain) == (30, "shop", "corp.example")
    assert said.severity == {
        "governing-service-missing": "error",
        "backend-service-missing": "off",
    }
    assert said.ignore == [
        (
            ("dns", "misspelt-reference"),
            ("k8s/legacy",),
            ("StatefulSet/db", "Service/prod/*"),
        )
    ]
    assert [each[:5] for each in said.external] == [
        ("Service", "db", "data", [{"name": "postgres", "port": 5432}], None),
        ("Pod", "agent", None, None, {"app": "agent"}),
    ]
    assert said.schemas == [str(tmp_path / "crds")]


def test_an_external_object_stands_where_it_is_named(tmp_path: Path) -> None:
    said = config(tmp_path, YAML)
    places = [(each[5], each[6]) for each in said.external]

    assert [YAML.splitlines()[line - 1][column - 1 :] for line, column in places] == [
        "kind: Service",
        "kind: Pod, name: agent, labels: {app: agent}}",
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "paths:\nignore:\n"])
def test_a_config_may_say_nothing(tmp_path: Path, text: str) -> None:
    said = config(tmp_path, text)
    settings = Settings()
    said.apply(settings, ())

    settings.file = settings.folder = ""
    assert said.include == said.exclude == said.schemas == []
    assert settings.plain() == Settings().plain()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".hslint.yaml", "kubernetes-version: 1.30\n"),
        (".hslint.yaml", "kubernetes-version: '1.30'\n"),
        ("pyproject.toml", "[tool.hslint]\nkubernetes-version = 1.30\n"),
    ],
)
def test_a_version_need_not_be_quoted(tmp_path: Path, name: str, text: str) -> None:
    assert config(tmp_path, text, name).minor == 30


def test_what_the_command_line_says_stays(tmp_path: Path) -> None:
    settings = Settings(minor=28, namespace="mine")
    config(tmp_path, YAML).apply(settings, {"minor", "namespace"})

    assert (settings.minor, settings.namespace) == (28, "mine")
    assert settings.cluster_domain == "corp.example"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("namspace: x\n", "1:1: unknown key `namspace`; did you mean `namespace`?"),
        ("rules: x\n", "1:1: unknown key `rules`"),
        ("paths:\n  includes: []\n", "2:3: unknown key `includes`; did you mean `include`?"),
        ("paths: []\n", "1:1: `paths` must be a mapping"),
        ("paths:\n  include: k8s\n", "2:3: `include` must be a list"),
        ("paths:\n  include:\n  - k8s\n  - 3\n", "4:5: each of `include` must be a text"),
        ("namespace: [a]\n", "1:1: `namespace` must be a text"),
        ("namespace: true\n", "1:1: `namespace` must be a text"),
        ("kubernetes-version: 1.99\n", "1:1: `kubernetes-version` must be one of 1.25,"),
        ("severity:\n  a: bad\n", "2:3: `a` must be one of error, warning, info, off"),
        ("severity:\n  a: no\n", "2:3: `a` must be one of error, warning, info, off"),
        ("ignore:\n  - paths: [a]\n", "2:5: each of `ignore` lacks the key `rules`"),
        ("external:\n  - name: a\n", "2:5: each of `external` lacks the key `kind`"),
        (
            "external:\n  - kind: Service\n    name: a\n    ports: [{port: 0}]\n",
            "4:14: `port` must be from 1 to 65535",
        ),
        ("paths:\n  include: [../other]\n", "2:13: `../other` leads out of the config's folder"),
        ("schemas: [/etc]\n", "1:11: `/etc` leads out of the config's folder"),
        ("schemas:\n- link\n", "2:3: `link` leads out of the config's folder"),
        ("- a\n", "1:1: a config must be a mapping"),
        ("a: b: c\n", "1:4: "),
        ("{}\n---\n{}\n", "2:1: a config file holds one document"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "link").symlink_to("/etc")
    with pytest.raises(ConfigError) as error:
        config(tmp_path, text)

    assert str(error.value).startswith(f".hslint.yaml:{message}")


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        config(tmp_path, "namspace: x\npath: {}\n")

    assert str(error.value).splitlines() == [
        ".hslint.yaml:1:1: unknown key `namspace`; did you mean `namespace`?",
        "error: .hslint.yaml:2:1: unknown key `path`; did you mean `paths`?",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.hslint]\nnamspace = 'x'\n", "2:1: unknown key `namspace`"),
        ("[tool.other]\nruls = 1\n[tool.hslint]\nruls = 1\n", "4:1: unknown key `ruls`"),
        ("[tool.hslint.pathes]\ninclude = []\n", "1:14: unknown key `pathes`"),
        ("[tool.hslint]\nignore = [{paths = []}]\n", "2:1: each of `ignore` lacks the key"),
        ("[tool]\nhslint = 3\n", "2:1: a config must be a mapping"),
        ("[tool.hslint]\nx = \n", "2:5: Invalid value"),
        ("[tool.hslint]\nx = [", " "),
    ],
)
def test_likewise_in_pyproject(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        config(tmp_path, text, "pyproject.toml")

    assert str(error.value).startswith(f"pyproject.toml:{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("severity: {no-rul: info}\n", "1:12: no rule is named `no-rul`; did you mean `no-rule`?"),
        ("severity: {dns: info}\n", "1:12: no rule is named `dns`"),
        ("ignore: [{rules: [dns, dsn]}]\n", "1:24: no rule or group is named `dsn`"),
    ],
)
def test_rules_must_be_there(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        config(tmp_path, text).check({"no-rule"}, {"dns"})

    assert str(error.value).startswith(f".hslint.yaml:{message}")


def test_the_schema_for_editors_is_the_table_of_keys() -> None:
    """``python docs/make_config_schema.py`` writes it."""
    assert json.loads(Path(HOME, "schemas", "config.schema.json").read_text()) == KEYS


def test_editors_accept_what_hslint_does() -> None:
    value, _ = load(YAML.replace(": off", ": 'off'").encode())
    jsonschema.Draft7Validator.check_schema(KEYS)
    jsonschema.validate(value, KEYS)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"namspace": "x"}, KEYS)


def test_every_key_is_explained() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    assert [key for key in _keys(KEYS) if f"`{key}`" not in page] == []


def test_what_the_page_shows_is_a_config(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    shown = [block.partition("```")[0] for block in page.split("```yaml\n")[1:]]
    rules = load_rules()

    assert len(shown) > 5
    for text in shown:
        config(tmp_path, text).check(rules.by_name, {rule.group for rule in rules})


def _keys(table: dict[str, object]) -> list[str]:
    found: list[str] = []
    properties = table.get("properties", {})
    assert isinstance(properties, dict)
    for key, inner in properties.items():
        found += [key, *_keys(inner), *_keys(inner.get("items", {}))]
    return found
