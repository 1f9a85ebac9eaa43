"""Random structural schemas, and random values that more or less fit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.schema.sample import ODD

if TYPE_CHECKING:
    from random import Random

Schema = dict[str, Any]

NAMES = ("a", "b", "name", "spec", "metadata")
KINDS = ("object", "object", "array", "string", "integer", "number", "boolean")
LIMITS: dict[str, tuple[Any, ...]] = {
    "enum": (["x", "y"], ["x", None], [1, "1"], [True, 0], [[1], {"a": True}], ["Always", 3.0]),
    "pattern": ("^x", "^[a-z]*$", "[0-9]", r"^\d+Gi$"),
    "minLength": (0, 1, 3),
    "maxLength": (0, 1, 3),
    "minItems": (0, 1, 2),
    "maxItems": (0, 1, 2),
    "minimum": (-1, 0, 1, 0.5),
    "maximum": (-1, 1, 3, 2.5),
    "multipleOf": (1, 2, 0.5, 0.1),
    "minProperties": (0, 1, 2),
    "maxProperties": (0, 1, 2),
}
SCALARS: dict[str | None, tuple[Any, ...]] = {
    "string": ("x", "y", "xx", "1Gi", ""),
    "integer": (0, 1, 2, 3),
    "number": (0, 1, 2, 0.5, 0.3),
    "boolean": (True, False),
}
UNSPOKEN: dict[str, tuple[Any, ...]] = {
    "format": ("ipv4", "date-time"),
    "description": ("text",),
    "x-kubernetes-validations": ([{"rule": "false"}],),
}


def definition(random: Random) -> Schema:
    """The schema of whole objects."""
    root = object_schema(random, 0) | {"type": "object"}
    fields = root.setdefault("properties", {})
    fields["spec"] = schema(random, 1)
    fields["status"] = schema(random, 1)
    return root


def schema(random: Random, depth: int) -> Schema:
    """A node of a structural schema."""
    kind = random.choice(KINDS)
    found: Schema = {"type": kind}
    if kind == "object":
        found |= object_schema(random, depth)
    elif kind == "array":
        found["items"] = schema(random, depth + 1) if depth < 4 else {"type": "string"}
    elif kind == "integer" and chance(random, 0.5):
        found = {"x-kubernetes-int-or-string": True}
        if chance(random, 0.5):
            found["anyOf"] = [{"type": "integer"}, {"type": "string"}]
    elif kind == "boolean" and chance(random, 0.3):
        found = {"x-kubernetes-preserve-unknown-fields": True}
    if chance(random, 0.2):
        found["nullable"] = True
    if chance(random, 0.1):
        found["default"] = random.choice(ODD)
    return found | values(random, depth, 0.06)


def object_schema(random: Random, depth: int) -> Schema:
    """What a schema says of a mapping's fields."""
    found: Schema = {}
    if chance(random, 0.8):
        names = random.sample(NAMES, random.randint(0, 4 if depth < 4 else 0))
        found["properties"] = {name: schema(random, depth + 1) for name in names}
    elif depth < 4:
        others = random.choice([True, False, None, None])
        found["additionalProperties"] = schema(random, depth + 1) if others is None else others
    if chance(random, 0.2):
        found["x-kubernetes-preserve-unknown-fields"] = True
    if chance(random, 0.1):
        found["x-kubernetes-embedded-resource"] = True
    if chance(random, 0.3):
        found["required"] = random.sample(NAMES, random.randint(0, 2))
    return found


def values(random: Random, depth: int, often: float) -> Schema:
    """What a schema says of values: limits and alternatives."""
    found = {
        keyword: random.choice(wanted)
        for keyword, wanted in (LIMITS | UNSPOKEN).items()
        if chance(random, often)
    }
    for bound in ("Minimum", "Maximum"):
        if bound.lower() in found and chance(random, 0.3):
            found[f"exclusive{bound}"] = random.choice([True, False])
    if depth < 5:
        for keyword in ("allOf", "anyOf", "oneOf"):
            if chance(random, often):
                some = range(random.randint(1, 3))
                found[keyword] = [branch(random, depth + 1) for _ in some]
        if chance(random, often):
            found["not"] = branch(random, depth + 1)
    return found


def branch(random: Random, depth: int) -> Schema:
    """A schema in allOf, anyOf, oneOf or not."""
    found = values(random, depth, 0.08)
    if chance(random, 0.2):
        found["type"] = random.choice([*KINDS, ["string", "integer"]])
    if chance(random, 0.4):
        found["required"] = random.sample(NAMES, random.randint(1, 2))
    if depth < 5 and chance(random, 0.3):
        names = random.sample(NAMES, 2)
        found["properties"] = {name: branch(random, depth + 1) for name in names}
    if depth < 5 and chance(random, 0.1):
        found["items"] = branch(random, depth + 1)
    return found


def value(random: Random, wanted: Schema, depth: int = 0) -> Any:
    """A value that has at least the types that a schema asks for."""
    if "enum" in wanted and chance(random, 0.8):
        return random.choice(wanted["enum"])
    few = range(random.randint(0, 2))
    kind = wanted.get("type")
    if kind == "object":
        others = wanted.get("additionalProperties")
        found = {f"k{n}": value(random, others) for n in few} if isinstance(others, dict) else {}
        for name, inner in wanted.get("properties", {}).items():
            if name in wanted.get("required", ()) or chance(random, 0.6):
                found[name] = value(random, inner, depth + 1)
        return found
    if kind == "array":
        return [value(random, wanted["items"], depth + 1) for _ in few]
    return random.choice(SCALARS.get(kind, (1, "x", random.choice(ODD))))


def chance(random: Random, often: float) -> bool:
    return random.random() < often
