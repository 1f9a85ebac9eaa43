"""Compile the published Kubernetes schemas of every supported version into ``kubernetes.txt``.

Run ``python schemas/compile.py`` after editing ``values.txt``, ``limits.txt`` or ``required.txt``,
or for a new release of kubernetes-validate.

One block per type, sorted by name, a blank line between; one line per field, sorted::

    core.v1.ServicePort                     a type; a kind adds its apiVersion and versions
     port! i                                `!`: the API server requires it
     protocol s=|SCTP|TCP|UDP               closed values; an empty one stands for unset
    core.v1.PodAffinityTerm
     namespaces [s:dns_label                a format of hslint/formats.py; with ?, or empty
    core.v1.PodSecurityContext
     runAsUser l=0..2147483647              a range
    core.v1.ServiceSpec
     ports [@core.v1.ServicePort
     trafficDistribution s=PreferClose 31-33

A line holds in every version unless it ends in versions (25 means 1.25). Codes: ``s`` string,
``y`` base64, ``i`` int32, ``l`` int64, ``n`` number, ``b`` boolean, ``p`` IntOrString, ``q``
quantity, ``t`` time, ``x`` anything, ``[T`` list, ``{T`` map, ``@N`` type N, ``+T`` a T
that is not empty, ``~T`` a T that the server drops. In a kind, a dotted name narrows a field for
this kind alone.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TABLE = HERE / "kubernetes.txt"
OLDEST, NEWEST = 25, 37
MINORS = range(OLDEST, NEWEST + 1)

Schema = dict[str, Any]
Definitions = dict[str, Schema]

# The Go types below take any JSON (their UnmarshalJSON keeps the bytes), whatever is published.
ANYTHING = frozenset({"runtime.RawExtension", "meta.v1.FieldsV1", "apiextensions.v1.JSON"})
SCALARS = {
    "api.resource.Quantity": "q",
    "util.intstr.IntOrString": "p",
    "meta.v1.Time": "t",
    "meta.v1.MicroTime": "s",
}
FORMATS = {
    ("string", "byte"): "y",
    ("string", None): "s",
    ("string", "date-time"): "s",
    ("integer", "int32"): "i",
    ("integer", "int64"): "l",
    ("number", "double"): "n",
    ("boolean", None): "b",
}


def short(name: str) -> str:
    """``core.v1.Pod`` for ``io.k8s.api.core.v1.Pod``; the group's first label leads."""
    for prefix in ("io.k8s.api.", "io.k8s.apimachinery.pkg."):
        name = name.removeprefix(prefix)
    name = name.removeprefix("apis.").replace("apiserverinternal.", "internal.")
    return name if name.count(".") < 3 else ".".join(name.split(".")[-3:])


def rename(schema: Any) -> Any:
    """*schema* without prose, its references by short name."""
    if isinstance(schema, list):
        return [rename(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": short(schema["$ref"].rpartition("/")[2])}
    return {
        key: {name: rename(inner) for name, inner in value.items()}
        if key == "properties"
        else rename(value)
        for key, value in schema.items()
        if key != "description"
    }


@cache
def published(minor: int) -> Definitions:
    """The types as published for Kubernetes 1.*minor*, by short name."""
    folder = files("kubernetes_validate") / "kubernetes-json-schema"
    text = (folder / f"v1.{minor}.0-local" / "_definitions.json").read_text()
    return {short(name): rename(schema) for name, schema in json.loads(text)["$defs"].items()}


def api_version(name: str, schema: Schema) -> str | None:
    """The apiVersion of a kind that manifests can hold; None for other types.

    Lists are taken apart before they are checked; meta kinds (Status, DeleteOptions) are answers
    and options, not objects.
    """
    kinds = schema.get("x-kubernetes-group-version-kind", ())
    if len(kinds) != 1 or name.startswith("meta.") or "items" in schema.get("properties", ()):
        return None
    group, version = kinds[0]["group"], kinds[0]["version"]
    return f"{group}/{version}" if group else version


def references(schema: Any) -> set[str]:
    """The names of the types that *schema* mentions."""
    if isinstance(schema, dict):
        found = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
        return found.union(*map(references, schema.values()))
    return set().union(*map(references, schema)) if isinstance(schema, list) else set()


def reachable(definitions: Definitions, *, status: bool) -> set[str]:
    """The types that some kind leads to, through its status or not."""
    kinds = {name for name, schema in definitions.items() if api_version(name, schema)}
    found: set[str] = set()
    waiting = set(kinds)
    while waiting:
        name = waiting.pop()
        found.add(name)
        fields = definitions[name].get("properties", {})
        followed = [s for f, s in fields.items() if status or f != "status" or name not in kinds]
        waiting |= references(followed) - found
    return found


@cache
def listed(file: str) -> dict[str, list[list[str]]]:
    """The words of each line of a hand-written list, by the first word; ``#`` begins a comment."""
    lines: dict[str, list[list[str]]] = {}
    for line in (HERE / file).read_text().splitlines():
        words = line.partition("#")[0].split()
        if words:
            lines.setdefault(words[0], []).append(words[1:])
    return lines


def span(text: str) -> range:
    """``25-28`` as a range; ``31-`` ends with the newest version."""
    first, dash, last = text.partition("-")
    return range(int(first), int(last or (NEWEST if dash else first)) + 1)


def split_name(dotted: str) -> tuple[str, str]:
    """The type and the field path of ``apps.v1.Deployment.spec.template``."""
    parts = dotted.split(".")
    return ".".join(parts[:3]), ".".join(parts[3:])


@cache
def newest_requirements() -> dict[str, bool]:
    """Whether the API server requires each ``type.field``.

    What the server requires hardly changes, while the published lists long said otherwise and were
    put right late (StatefulSet's serviceName in 1.33, its spec in 1.37): the newest word on a field
    holds for every version, and required.txt has the last word.
    """
    answers: dict[str, bool] = {}
    for minor in MINORS:
        for name, schema in published(minor).items():
            for field in schema.get("properties", ()):
                answers[f"{name}.{field}"] = field in schema.get("required", ())
    for sign, lines in listed("required.txt").items():
        answers.update({line[0]: sign == "+" for line in lines})
    return answers


def closed_values(dotted: str, minor: int) -> list[str] | None:
    """The only values the API server takes for a field in 1.*minor*, "" meaning unset."""
    for versions, *values in listed("values.txt").get(dotted, ()):
        if minor in span(versions):
            return ["" if value == '""' else value for value in values]
    return None


def limits(dotted: str, minor: int) -> list[str]:
    """What limits a field in 1.*minor*: ``filled``, ``dropped``, a range, the name of a format."""
    lines = listed("limits.txt").get(dotted, ())
    return next((what for versions, *what in lines if minor in span(versions)), [])


@cache
def corrected(minor: int) -> Definitions:
    """The types that manifests reach in 1.*minor*, as the API server checks them.

    The server drops the status of what it creates, so nothing is required in it.
    """
    definitions = published(minor)
    spoken = reachable(definitions, status=False)
    result: Definitions = {}
    for name in sorted(reachable(definitions, status=True) - set(SCALARS)):
        schema = definitions[name]
        if name in ANYTHING or not (schema.keys() & {"type", "properties"}):
            result[name] = {}
            continue
        fields = {field: dict(inner) for field, inner in schema.get("properties", {}).items()}
        for field, inner in fields.items():
            correct(f"{name}.{field}", inner, minor)
        requirements = newest_requirements()
        result[name] = {
            "type": "object",
            "properties": fields,
            "required": [f for f in fields if name in spoken and requirements[f"{name}.{f}"]],
        }
        if kind := api_version(name, schema):
            result[name]["apiVersion"] = kind
    return result


def correct(dotted: str, field: Schema, minor: int) -> None:
    """Put the schema of one field right, in place."""
    field.pop("enum", None)  # only ever apiVersion and kind, which a template may leave out
    values = closed_values(dotted, minor)
    if values is not None:
        if "items" in field:
            field["items"] = {**field["items"], "enum": values}
        else:
            field["enum"] = values
    for what in limits(dotted, minor):
        inner: Schema = {}
        if what == "dropped":
            field["not"] = {}
        elif what == "filled":
            field["minItems" if "items" in field else "minLength"] = 1
        elif ".." in what:
            low, _, high = what.partition("..")
            inner = {"minimum": int(low), "maximum": int(high)}
        else:
            inner = {"x-format": what}
        if "items" in field:
            field["items"] = {**field["items"], **inner}
        else:
            field.update(inner)


def code(schema: Schema, anything: set[str]) -> str:
    """The code of one field's schema, as the table writes it."""
    dropped = "~" if "not" in schema else ""
    filled = "+" if "minItems" in schema or "minLength" in schema else ""
    return dropped + filled + plain_code(schema, anything)


def plain_code(schema: Schema, anything: set[str]) -> str:
    """The code of a field's type and values."""
    reference = schema.get("$ref")
    if reference is not None:
        return "x" if reference in anything else SCALARS.get(reference, f"@{reference}")
    if not schema:
        return "x"
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = next(name for name in types if name != "null")
    if kind == "array":
        return f"[{code(schema['items'], anything)}"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"{{{code(inner, anything)}" if inner else "{x"
    letter = FORMATS[kind, schema.get("format")]
    if "minimum" in schema:
        letter += f"={schema['minimum']}..{schema['maximum']}"
    if "x-format" in schema:
        letter += f":{schema['x-format']}"
    return f"{letter}={'|'.join(schema['enum'])}" if "enum" in schema else letter


def ranges(minors: set[int]) -> str:
    """``25-28,31`` for a set of versions."""
    found: list[list[int]] = []
    for minor in sorted(minors):
        if found and found[-1][1] == minor - 1:
            found[-1][1] = minor
        else:
            found.append([minor, minor])
    return ",".join(f"{a}-{b}" if a != b else str(a) for a, b in found)


def narrowings(name: str) -> dict[str, dict[str, set[int]]]:
    """Lines that narrow a field deep inside one kind, with their versions."""
    lines: dict[str, dict[str, set[int]]] = {}
    required = newest_requirements()
    for dotted, entries in listed("values.txt").items():
        owner, path = split_name(dotted)
        if owner != name or "." not in path:
            continue
        label = f"{path}!" if required.get(dotted) else path
        for versions, *values in entries:
            text = "|".join("" if value == '""' else value for value in values)
            lines.setdefault(label, {}).setdefault(f"s={text}", set()).update(span(versions))
    return lines


def block(name: str) -> list[str]:
    """The lines of one type."""
    lives = {minor for minor in MINORS if name in corrected(minor)}
    lines = narrowings(name)
    kind = ""
    for minor in sorted(lives):
        definitions = corrected(minor)
        schema = definitions[name]
        anything = {other for other, inner in definitions.items() if not inner}
        for field, inner in schema["properties"].items():
            label = f"{field}!" if field in schema["required"] else field
            codes = lines.setdefault(label, {})
            codes.setdefault(code(inner, anything), set()).add(minor)
        kind = schema.get("apiVersion", kind)
    head = f"{name} {kind} {ranges(lives)}" if kind else name
    return [head] + [
        f" {label} {text}" if minors >= lives else f" {label} {text} {ranges(minors & lives)}"
        for label, codes in sorted(lines.items())
        for text, minors in sorted(codes.items(), key=lambda item: min(item[1]))
    ]


def table() -> str:
    """The whole table."""
    names = {name for minor in MINORS for name, schema in corrected(minor).items() if schema}
    return "\n".join("\n".join(block(name)) + "\n" for name in sorted(names, key=str.encode))


if __name__ == "__main__":
    TABLE.write_text(table())
