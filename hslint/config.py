"""A project's config file: read, held against the table of its keys, and made a plain Config.

It says what hslint is to think of the files beside it; it runs nothing, and reaches nothing outside
of its own folder.
"""

from __future__ import annotations

import os

from hslint.config_keys import KEYS
from hslint.files import PathError
from hslint.source import Source
from hslint.suggest import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from typing import Any, TypeAlias

    from hslint.node import Node
    from hslint.settings import Settings

    #: Keys, and indexes of lists.
    Path: TypeAlias = tuple[str | int, ...]
    #: From a path to the line and column, from 1, where it is written.
    Where: TypeAlias = Callable[[Path], tuple[int, int]]

#: What Python and JSON Schema call the same.
_TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int}
_CALLED = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
}


class ConfigError(PathError):
    """A config file that cannot be used; says where and why.

    ``faults`` are (line, column, why), counted from 1; 0 where the place cannot be told.
    """

    def __init__(self, file: str, faults: Sequence[tuple[int, int, str]]) -> None:
        self.faults = faults
        places = [f"{file}:{line}:{column}" if line else file for line, column, _ in faults]
        said = [f"{at}: {why}" for at, (_, _, why) in zip(places, faults, strict=True)]
        super().__init__("\nerror: ".join(said))


class Config:
    """What a config file says, as plain data; None or empty where it says nothing.

    ``folder`` is the project's, absolute, and ``file`` its own name for reports. ``minor`` is
    the Kubernetes 1.x to check for. ``severity`` is by a rule's name. ``ignore`` holds (rules,
    paths, objects), and ``external`` (kind, name, namespace, ports, labels, line, column).
    ``schemas`` are absolute paths. ``where`` tells the place of a key. ``state`` is a hash of the
    file where findings may show it.
    """

    def __init__(self, file: str, folder: str, said: dict[str, Any], where: Where) -> None:
        self.file = file
        self.folder = folder
        paths = said.get("paths") or {}
        self.include: list[str] = paths.get("include") or []
        self.exclude: list[str] = paths.get("exclude") or []
        version: str | None = said.get("kubernetes-version")
        self.minor = int(version[2:]) if version else None
        self.namespace: str | None = said.get("namespace")
        domain: str | None = said.get("cluster-domain")
        self.cluster_domain = domain and domain.strip(".")
        self.severity: dict[str, str] = said.get("severity") or {}
        self.ignore = [
            tuple(tuple(each.get(key) or ()) for key in ("rules", "paths", "objects"))
            for each in said.get("ignore") or ()
        ]
        self.external = [
            (
                each["kind"],
                each["name"],
                each.get("namespace"),
                each.get("ports"),
                each.get("labels"),
                *where(("external", number)),
            )
            for number, each in enumerate(said.get("external") or ())
        ]
        self.schemas = [os.path.join(folder, path) for path in said.get("schemas") or ()]
        self.state = b""
        self.where = where
        self._names: list[tuple[str, Path]] = [
            *((name, ("severity", name)) for name in self.severity),
            *(
                (name, ("ignore", number, "rules", index))
                for number, (rules, _, _) in enumerate(self.ignore)
                for index, name in enumerate(rules)
            ),
        ]

    def apply(self, settings: Settings, said: Collection[str]) -> None:
        """Change *settings* as the config says, but not those that the command line *said*."""
        for name in ("minor", "namespace", "cluster_domain"):
            value = getattr(self, name)
            if value is not None and name not in said:
                setattr(settings, name, value)
        settings.file = self.file
        settings.folder = self.folder
        settings.severity = self.severity
        settings.ignore = self.ignore
        settings.external = self.external

    def off(self, wanted: Collection[str]) -> list[str]:
        """The rules that do not run, unless they are *wanted* by name."""
        return [r for r, how in self.severity.items() if how == "off" and r not in wanted]

    def check(self, rules: Collection[str], groups: Collection[str]) -> None:
        """Raise ConfigError unless all rules and groups that are named are there."""
        faults = []
        for name, path in self._names:
            known = rules if path[0] == "severity" else {*rules, *groups}
            if name not in known:
                noun = "rule" if path[0] == "severity" else "rule or group"
                faults.append((path, f"no {noun} is named `{name}`{_meant(name, known)}"))
        _complain(self.file, faults, self.where)


def read(path: str, shown: str, folder: str) -> Config:
    """The config file at *path* for the project in *folder*, absolute.

    Raises ConfigError, which names it *shown*.
    """
    said, where = (_toml if path.endswith(".toml") else _yaml)(path, shown)
    _complain(shown, _faults(said, KEYS, ()), where)
    _complain(shown, _outside(said, folder), where)
    config = Config(shown, folder, said, where)
    if config.external:
        config.state = Source(shown, path=path).digest
    return config


def _yaml(path: str, shown: str) -> tuple[Any, Where]:
    from hslint.document import documents

    source = Source(shown, path=path)
    if source.error:
        raise ConfigError(shown, [(0, 0, source.error)])
    found = list(documents(source))
    for document in found:
        if document.fault is not None:
            line, column = document.line + document.fault.line, document.fault.column
            raise ConfigError(shown, [(line + 1, column + 1, document.fault.message)])
    if not found:
        return {}, lambda _: (1, 1)
    if len(found) > 1:
        raise ConfigError(shown, [(found[1].line + 1, 1, "a config file holds one document")])
    (document,) = found

    def where(at: Path) -> tuple[int, int]:
        span = document.span(at, "value" if at and isinstance(at[-1], int) else "key")
        return span.line, span.column

    _take_as_text(document.root)
    return document.value, where


def _take_as_text(root: Node) -> None:
    """Mend what YAML takes for something else: `1.30` for a number, `off` for a truth value."""
    version, severity = root["kubernetes-version"], root["severity"]
    if isinstance(version.value, float):
        root.value["kubernetes-version"] = version.source
    for name, node in severity.items():
        if node.value is False and node.source == "off":
            severity.value[name] = "off"


def _toml(path: str, shown: str) -> tuple[Any, Where]:
    """The table ``[tool.hslint]``."""
    import tomllib

    try:
        with open(path, "rb") as file:
            text = file.read().decode()
        tool = tomllib.loads(text, parse_float=str).get("tool")  # `1.30` is a version
    except (OSError, ValueError) as error:
        what, _, place = str(error).partition(" (at line ")
        line, _, column = place.rstrip(")").partition(", column ")
        fault = (int(line), int(column), what) if column else (0, 0, str(error))
        raise ConfigError(shown, [fault]) from error
    said = tool.get("hslint", {}) if isinstance(tool, dict) else {}
    return said, lambda at: _where_in_toml(text, at)


def _where_in_toml(text: str, at: Path) -> tuple[int, int]:
    """Where the last key of a path is first written below ``[tool.hslint]``, or the table is.

    Python's reader of TOML knows no positions.
    """
    import re

    lines = text.split("\n")
    table = re.compile(r"\s*(?:\[\s*)?(?:tool\W+)?hslint\b")
    first = next((n for n, line in enumerate(lines) if table.match(line)), 0)
    keys = [step for step in at if isinstance(step, str)]
    if keys:
        key = re.compile(rf"""(?:^|[\s{{,.\["'])({re.escape(keys[-1])})["']?\s*[=\].]""")
        for number in range(first, len(lines)):
            found = key.search(lines[number])
            if found:
                return number + 1, found.start(1) + 1
    return first + 1, 1


def _faults(value: Any, keys: dict[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    """How *value* does not fit *keys*, a part of the table; a null is as good as not written."""
    if value is None and len(path) < 2:
        return
    if "enum" in keys:
        if value not in keys["enum"]:
            yield path, f"{_called(path)} must be one of {', '.join(keys['enum'])}"
        return
    type_ = keys["type"]
    if not isinstance(value, _TYPES[type_]) or isinstance(value, bool):
        yield path, f"{_called(path)} must be {_CALLED[type_]}"
    elif type_ == "array":
        for index, item in enumerate(value):
            yield from _faults(item, keys["items"], (*path, index))
    elif type_ == "object":
        yield from _faults_of_keys(value, keys, path)
    elif type_ == "integer" and not keys["minimum"] <= value <= keys["maximum"]:
        yield path, f"{_called(path)} must be from {keys['minimum']} to {keys['maximum']}"


def _faults_of_keys(
    value: dict[str, Any], keys: dict[str, Any], path: Path
) -> Iterator[tuple[Path, str]]:
    known: dict[str, Any] = keys.get("properties", {})
    for key, inner in value.items():
        schema = known.get(key) or keys["additionalProperties"]
        if schema:
            yield from _faults(inner, schema, (*path, key))
        else:
            yield (*path, key), f"unknown key `{key}`{_meant(key, known)}"
    for key in keys.get("required", ()):
        if key not in value:
            yield path, f"{_called(path)} lacks the key `{key}`"


def _outside(said: dict[str, Any], folder: str) -> Iterator[tuple[Path, str]]:
    """The paths that lead out of *folder*."""
    paths = said.get("paths") or {}
    listed: list[tuple[Path, list[str]]] = [
        (("paths", "include"), paths.get("include") or []),
        (("schemas",), said.get("schemas") or []),
    ]
    real = os.path.join(os.path.realpath(folder), "")
    for key, values in listed:
        for index, path in enumerate(values):
            target = os.path.join(os.path.realpath(os.path.join(folder, path)), "")
            if os.path.isabs(path) or not target.startswith(real):
                yield (*key, index), f"`{path}` leads out of the config's folder"


def _called(path: Path) -> str:
    """What stands at *path*, as a message names it."""
    if not path:
        return "a config"
    last = path[-1]
    return f"`{last}`" if isinstance(last, str) else f"each of `{path[-2]}`"


def _meant(word: str, known: Iterable[str]) -> str:
    near = closest(word, known)
    return f"; did you mean `{near}`?" if near else ""


def _complain(file: str, faults: Iterable[tuple[Path, str]], where: Where) -> None:
    found = [(*where(path), message) for path, message in faults]
    if found:
        raise ConfigError(file, found)
