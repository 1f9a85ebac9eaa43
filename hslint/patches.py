"""Kustomize patches: which objects they are for, and which of their fields they touch."""

from __future__ import annotations

import posixpath

from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from hslint.document import Document
    from hslint.manifest import Manifest
    from hslint.node import Node, Path


class Patch:
    """One patch: ``value`` is a partial object, or the list of operations of a JSON patch.

    ``kind`` and ``name`` say what it is for; "" stands for any, and a name may be an expression.
    """

    __slots__ = ("kind", "name", "value")

    def __init__(self, value: Any, target: Node) -> None:
        own = value if isinstance(value, dict) else {}
        metadata = own.get("metadata")
        named = metadata.get("name") if isinstance(metadata, dict) else None
        self.value = value
        self.kind = target["kind"].string if target else str(own.get("kind") or "")
        self.name = target["name"].string if target else str(named or "")

    def is_for(self, manifest: Manifest) -> bool:
        """Whether the patch may be applied to *manifest*; label selectors are taken to match."""
        if self.kind not in ("", manifest.kind):
            return False
        if self.name in ("", manifest.name):
            return True
        import re  # only targets that are expressions need it

        try:
            return re.fullmatch(self.name, manifest.name) is not None
        except re.error:
            return True

    def touches(self, manifest: Manifest) -> Iterator[Path]:
        """The fields of *manifest* that the patch changes."""
        if isinstance(self.value, list):
            for operation in self.value:
                path = operation.get("path") if isinstance(operation, dict) else None
                if isinstance(path, str):
                    yield _pointer(path)
        elif isinstance(self.value, dict):
            for key, value in self.value.items():
                if key not in ("apiVersion", "kind"):
                    yield from _merged(value, manifest.root[key], (key,))


def patches_of(document: Document, files: Mapping[str, list[Document]]) -> Iterator[Patch]:
    """The patches of a kustomization; *files* are the documents by the path of their file."""
    root = document.root
    folder = posixpath.dirname(document.file)
    for field in ("patches", "patchesJson6902", "patchesStrategicMerge"):
        for entry in root[field]:
            path = entry if entry.string else entry["path"]
            inline = entry if "\n" in entry.string else entry["patch"]
            if inline.string:
                for value in _parsed(inline.string):
                    yield Patch(value, entry["target"])
            else:
                file = posixpath.normpath(posixpath.join(folder, path.string))
                for found in files.get(file, ()):
                    yield Patch(found.value, entry["target"])


def _parsed(text: str) -> Iterator[Any]:
    try:
        yield load(text.encode())[0]
    except YamlFault:
        return  # kustomize will say so


def _pointer(text: str) -> Path:
    """A JSON pointer as a path; a list is touched as a whole where the patch adds to its end."""
    path: list[str | int] = []
    for step in text.split("/")[1:]:
        if step == "-":
            break
        name = step.replace("~1", "/").replace("~0", "~")
        path.append(int(name) if name.isdecimal() else name)
    return tuple(path)


def _merged(value: Any, node: Node, path: Path) -> Iterator[Path]:
    """The paths that a strategic merge of *value* changes; items of lists are met by name."""
    if isinstance(value, dict) and value and "$patch" not in value:
        for key, item in value.items():
            if not (key == "name" and item == node["name"].value):
                yield from _merged(item, node[key], (*path, key))
    elif isinstance(value, list) and value and all(_has_name(item) for item in value):
        names = {item["name"].string: index for index, item in enumerate(node)}
        for item in value:
            index = names.get(item["name"])
            if index is None:
                yield path
            else:
                yield from _merged(item, node[index], (*path, index))
    else:
        yield path


def _has_name(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("name"), str)
