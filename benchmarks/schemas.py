"""Write Kubernetes' schemas as kubeconform likes them best: each kind whole, and without prose.

    python benchmarks/schemas.py FOLDER

They are those of the newest version that hslint knows, out of the package kubernetes-validate.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from hslint.schema import NEWEST

VERSION = f"v1.{NEWEST}.0-local-strict"


def write(target: Path) -> None:
    """Write a file for each kind below the folder *target*."""
    folder = files("kubernetes_validate") / "kubernetes-json-schema" / VERSION
    definitions = json.loads((folder / "_definitions.json").read_text())["$defs"]
    for file in folder.iterdir():
        if file.name[0] != "_":
            schema = whole(json.loads(file.read_text()), definitions)
            (target / file.name).write_text(json.dumps(schema))


def whole(schema: Any, definitions: dict[str, Any], within: tuple[str, ...] = ()) -> Any:
    """The schema with its references replaced by what they refer to; recursive ones by anything."""
    if isinstance(schema, list):
        return [whole(item, definitions, within) for item in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        return {} if name in within else whole(definitions[name], definitions, (*within, name))
    return {
        key: whole(value, definitions, within)
        for key, value in schema.items()
        if not (key == "description" and isinstance(value, str))
    }


if __name__ == "__main__":
    write(Path(sys.argv[1]))
