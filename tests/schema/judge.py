"""The types of schemas/compile.py as plain JSON schema, for jsonschema to be the table's judge."""

from __future__ import annotations

from functools import cache

from jsonschema import Draft202012Validator

from schemas.compile import (
    ANYTHING,
    SCALARS,
    Schema,
    corrected,
    listed,
    newest_requirements,
    span,
    split_name,
)

INT32: Schema = {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}
INT64: Schema = {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}
QUANTITY = r"^ *(?=[^ ])[+-]?([0-9]*\.?[0-9]*)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)? *$"
BASE64 = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
LEAVES: dict[str, Schema] = {
    "q": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": QUANTITY}]},
    "p": {"anyOf": [{"type": "string"}, INT32]},
    "s": {"type": "string"},
    "t": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
}
_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"
PATTERNS = {
    "dns_label": f"^{_LABEL}$",
    "dns_label?": f"^({_LABEL})?$",
    "dns_subdomain": f"^{_LABEL}(\\.{_LABEL})*$",
    "dns_subdomain?": f"^({_LABEL}(\\.{_LABEL})*)?$",
    "domain_path": f"^{_LABEL}(\\.{_LABEL})*/[A-Za-z0-9/%!$&'()*+,;=:@._~-]+$",
    "label_key": f"^({_LABEL}(\\.{_LABEL})*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{{0,61}}[A-Za-z0-9])?$",
}
NULL: Schema = {"type": "null"}


@cache
def judge(minor: int, name: str) -> Draft202012Validator:
    """Return jsonschema's validator of the kind called *name* in Kubernetes 1.*minor*."""
    return Draft202012Validator(
        {"$ref": f"#/$defs/{name}", "allOf": narrowed(minor, name), "$defs": definitions(minor)}
    )


@cache
def definitions(minor: int) -> dict[str, Schema]:
    """Every type as a closed object: null is absent, and cannot fill what is required."""
    types = corrected(minor)
    found: dict[str, Schema] = {}
    for name, schema in types.items():
        if not schema:
            found[name] = {}
            continue
        needed = schema["required"]
        found[name] = {
            "type": "object",
            "additionalProperties": False,
            "required": needed,
            "properties": {
                field: strict(inner, types)
                if field in needed
                else {"anyOf": [strict(inner, types), NULL]}
                for field, inner in schema["properties"].items()
            },
        }
    return found


def strict(schema: Schema, types: dict[str, Schema]) -> Schema:  # noqa: PLR0911 - a case a line
    """One field's schema, without null."""
    reference = schema.get("$ref")
    if "not" in schema:  # read, and dropped: a fault of its own
        return {"not": {}}
    if reference in SCALARS:
        return LEAVES[SCALARS[reference]]
    if reference in ANYTHING or not schema or (reference and not types[reference]):
        return {"not": NULL}
    if reference:
        return {"$ref": f"#/$defs/{reference}"}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = next(each for each in kinds if each != "null")
    if kind == "array":
        items = {"type": "array", "items": element(schema["items"], types)}
        return items | {key: schema[key] for key in ("minItems",) if key in schema}
    if kind == "object":
        inner = schema.get("additionalProperties")
        return {"type": "object"} | (
            {"additionalProperties": element(inner, types)} if inner else {}
        )
    if kind == "integer":
        bounds = {key: schema[key] for key in ("minimum", "maximum") if key in schema}
        return (INT32 if schema["format"] == "int32" else INT64) | bounds
    if schema.get("format") == "byte":
        return {"type": "string", "pattern": BASE64}
    if "x-format" in schema:
        return {"type": kind, "pattern": PATTERNS[schema["x-format"]]}
    return {"type": kind} | {key: schema[key] for key in ("enum", "minLength") if key in schema}


def element(schema: Schema, types: dict[str, Schema]) -> Schema:
    """An item of a list or map: null is an empty one, which must have all that is required."""
    if "x-format" in schema or (
        "enum" in schema and "" not in schema["enum"]
    ):  # as good as an empty text
        return strict(schema, types)
    reference = schema.get("$ref", "")
    if types.get(reference, {}).get("required"):
        return strict(schema, types)
    return {"anyOf": [strict(schema, types), NULL]}


def narrowed(minor: int, name: str) -> list[Schema]:
    """What values.txt and required.txt say of fields deep inside one kind."""
    found = []
    for dotted, lines in listed("values.txt").items():
        owner, path = split_name(dotted)
        for versions, *values in lines:
            if owner == name and "." in path and minor in span(versions):
                schema: Schema = {"enum": [value.strip('"') for value in values]}
                required = newest_requirements().get(dotted, False)
                if not required:
                    schema = {"anyOf": [schema, NULL]}
                for step in reversed(path.split(".")):
                    schema = {"properties": {step: schema}}
                    if required:
                        schema["required"] = [step]
                found.append(schema)
    return found


def kinds(minor: int) -> list[tuple[str, str, str]]:
    """The name, apiVersion and kind of every kind of Kubernetes 1.*minor*."""
    return [
        (name, schema["apiVersion"], name.rpartition(".")[2])
        for name, schema in corrected(minor).items()
        if "apiVersion" in schema
    ]
