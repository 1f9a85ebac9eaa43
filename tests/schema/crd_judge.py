"""Structural schemas as plain JSON schema, for jsonschema to be their judge."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft4Validator

from hslint.schema.crd import without_nulls

Schema = dict[str, Any]

LIMITS = (
    *("type", "enum", "pattern", "minLength", "maxLength", "minItems", "maxItems"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minProperties", "maxProperties"),
)
OBJECT_FIELDS: dict[str, Schema] = {
    "apiVersion": {"type": "string"},
    "kind": {"type": "string"},
    "metadata": {"type": "object"},
}


def errors(schema: Schema, value: Any, *, status: bool) -> list[Any]:
    """What jsonschema says of a whole object."""
    translated = node(schema)
    if "properties" in translated:
        translated["properties"] |= OBJECT_FIELDS | ({"status": {}} if status else {})
    return list(Draft4Validator(translated).iter_errors(without_nulls(value, schema)))


def node(schema: Schema) -> Schema:
    """A node of a structural schema."""
    found = branch(schema, node)
    if schema.get("x-kubernetes-int-or-string"):
        found["type"] = ["integer", "string"]
    if schema.get("type") == "object":
        if schema.get("x-kubernetes-embedded-resource"):
            found["properties"] = found.get("properties", {}) | OBJECT_FIELDS
        if "additionalProperties" in schema:
            others = schema["additionalProperties"]
            found["additionalProperties"] = node(others) if isinstance(others, dict) else others
        elif not schema.get("x-kubernetes-preserve-unknown-fields"):
            found["additionalProperties"] = False
    if schema.get("nullable") and "type" in found:
        types = found["type"]
        found["type"] = [*(types if isinstance(types, list) else [types]), "null"]
    return found


def branch(schema: Schema, inside: Any = None) -> Schema:
    """What a schema says of values, as schemas in allOf, anyOf, oneOf and not do."""
    inside = inside or branch
    found = {key: schema[key] for key in LIMITS if key in schema}
    for key in schema.keys() & {"allOf", "anyOf", "oneOf"}:
        found[key] = [branch(each) for each in schema[key]]
    if "not" in schema:
        found["not"] = branch(schema["not"])
    if "items" in schema:
        found["items"] = inside(schema["items"])
    fields = schema.get("properties", {})
    if "properties" in schema:
        found["properties"] = {name: inside(each) for name, each in fields.items()}
    needed = [n for n in schema.get("required", ()) if "default" not in fields.get(n, {})]
    if needed:  # draft 4 knows no empty list here
        found["required"] = needed
    return found
