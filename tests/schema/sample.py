"""Random objects of a kind, and random harm done to them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from schemas.compile import SCALARS, Schema, corrected

if TYPE_CHECKING:
    from random import Random

ODD: tuple[Any, ...] = (
    *(None, "", "x", "Always", "1Gi", "1GB", "c3Rk", "eA", 0, 1, -1, 3.0, 3.5, True, False),
    *(2**31 - 1, 2**31, -(2**31), 2**63 - 1, 2**63, -(2**63) - 1),
    *([], {}, [None], [1], ["x"], {"x": "y"}, {"x": 1}, {"x": None}, [{}], [[]]),
)

SOUND: dict[str, list[Any]] = {
    "q": ["1Gi", 1, 0.5],
    "p": ["80%", 3],
    "s": ["x"],
    "t": ["2026-01-31T12:00:00Z"],
}


def sample(random: Random, minor: int, name: str) -> dict[str, Any]:
    """A valid object of the kind called *name*, save for what narrows it."""
    definitions = corrected(minor)
    value = struct(random, definitions, name, 0)
    value["apiVersion"] = definitions[name]["apiVersion"]
    value["kind"] = name.rpartition(".")[2]
    return value


def struct(random: Random, definitions: dict[str, Schema], name: str, depth: int) -> dict[str, Any]:
    """A mapping of the type called *name*."""
    schema = definitions[name]
    chance = 0.5 / (1 + depth) + 2 / (2 + len(schema["properties"]))
    return {
        field: of(random, definitions, inner, depth + 1)
        for field, inner in schema["properties"].items()
        if "not" not in inner
        and (field in schema["required"] or (depth < 7 and random.random() < chance))
    }


def of(random: Random, definitions: dict[str, Schema], schema: Schema, depth: int) -> Any:  # noqa: PLR0911
    """A value of one field."""
    reference = schema.get("$ref")
    if reference in SCALARS:
        return random.choice(SOUND[SCALARS[reference]])
    if not schema or (reference and not definitions[reference]):
        return random.choice(ODD[1:])
    if reference:
        return struct(random, definitions, reference, depth)
    if "enum" in schema:
        return random.choice(schema["enum"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = next(each for each in kinds if each != "null")
    few = range(max(random.randint(0, 2 if depth < 7 else 0), schema.get("minItems", 0)))
    if kind == "array":
        return [of(random, definitions, schema["items"], depth + 1) for _ in few]
    if kind == "object":
        inner = schema.get("additionalProperties", {})
        return {f"k{n}": of(random, definitions, inner, depth + 1) for n in few}
    if kind == "string":
        return "c3Rk" if schema.get("format") == "byte" else "x"
    return {"integer": schema.get("minimum", 3), "number": 0.5, "boolean": True}[kind]


def harmed(random: Random, value: dict[str, Any]) -> dict[str, Any]:
    """A copy of *value* with one thing in it changed, added or taken away."""
    value = copy.deepcopy(value)
    places = [(holder, key) for holder, key in walk(value) if key not in ("apiVersion", "kind")]
    if not places:
        return value
    holder, key = random.choice(places)
    match random.randint(0, 4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[f"{key}x"] = holder.pop(key)
        case 2 if isinstance(holder, dict):
            holder[random.choice(["name", "spec", "labels", "Name"])] = random.choice(ODD)
        case 3:
            holder[key] = [holder[key]]
        case _:
            holder[key] = copy.deepcopy(random.choice(ODD))
    return value


def walk(value: Any) -> list[tuple[Any, Any]]:
    """Every holder and key in *value*."""
    found: list[tuple[Any, Any]] = []
    keys = value if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found += walk(value[key])
    return found
