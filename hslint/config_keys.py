"""The keys of a config file: one table, from which files are checked and editors are served.

It is a JSON Schema of few words (docs/configuration.md explains each key to people).
"""

from __future__ import annotations

from hslint.schema import NEWEST, OLDEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _text(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "type": "string"}


def _list(meaning: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"description": meaning, "type": "array", "items": items}


def _texts(meaning: str) -> dict[str, Any]:
    return _list(meaning, {"type": "string"})


def _record(meaning: str, required: list[str], **keys: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": meaning,
        "type": "object",
        "properties": keys,
        "required": required,
        "additionalProperties": False,
    }


_PATHS = _record(
    "Which files belong to the project.",
    [],
    include=_texts(
        "Globs or folders, relative to this file, of what belongs to it: everything if left out."
    ),
    exclude=_texts("Globs or folders, relative to this file, of what does not."),
)
_IGNORE = _record(
    "Findings of these rules are not reported.",
    ["rules"],
    rules=_texts("Names of rules, or of groups of rules."),
    paths=_texts("Only in files that match one of these globs."),
    objects=_texts("Only about objects that match one of these: Kind/name, Kind/namespace/name."),
    reason=_text("Why, for whoever reads it later."),
)
_PORT = _record(
    "A port of the Service.",
    ["port"],
    port={"description": "Its number.", "type": "integer", "minimum": 1, "maximum": 65535},
    name=_text("Its name, if it has one."),
    protocol={"description": "TCP if left out.", "enum": ["TCP", "UDP", "SCTP"]},
)
_EXTERNAL = _record(
    "An object that exists, but stands in no file of the project.",
    ["kind", "name"],
    kind=_text("Its kind, with the group for a custom resource: Kafka.kafka.strimzi.io."),
    name=_text("Its name."),
    namespace=_text("Its namespace: any if left out."),
    ports=_list("The ports of a Service: unknown if left out.", _PORT),
    labels={
        "description": "The labels of the pods, for kinds that make pods.",
        "type": "object",
        "additionalProperties": {"type": "string"},
    },
)
KEYS: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "hslint",
    **_record(
        "The config file of hslint.",
        [],
        paths=_PATHS,
        **{
            "kubernetes-version": {
                **_text(f"The Kubernetes to check for, 1.{OLDEST} to 1.{NEWEST}."),
                "enum": [f"1.{minor}" for minor in range(OLDEST, NEWEST + 1)],
            },
            "cluster-domain": _text("What the DNS names of the cluster end in."),
        },
        namespace=_text("The namespace of objects that name none."),
        severity={
            "description": "How bad the findings of a rule are.",
            "type": "object",
            "additionalProperties": {"enum": ["error", "warning", "info", "off"]},
        },
        ignore=_list("Findings that are not reported.", _IGNORE),
        external=_list("Objects that live elsewhere.", _EXTERNAL),
        schemas=_texts(
            "Files or folders, relative to this file, with CustomResourceDefinitions or JSON"
            " schemas."
        ),
    ),
}
