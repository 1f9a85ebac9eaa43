"""All rules of a folder in one remembered file; each runs only when it is needed.

Loading some two hundred modules one by one takes longer than checking a file. Whenever there is no
bundle, or a rule file has changed, the rules are loaded one by one.
"""

from __future__ import annotations

import os
import sys

from hslint import cachedir
from hslint.contract import SEVERITIES, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

#: The attributes of a rule that are told without running its file.
_TOLD = ("fields", "fixes", "group", "kinds", "name", "sees")


class BundledRule(Rule):
    """A rule whose file runs when its check is first asked for.

    ``load_file`` loads it as if there were no bundle, with its documentation.
    """

    __slots__ = ("_code", "_load_file", "_path")

    def __init__(self, told: dict[str, Any], load_file: Callable[[str], Rule]) -> None:
        for name in _TOLD:
            setattr(self, name, told[name])
        self.severity = SEVERITIES[told["severity"]]
        self.own = False
        self._path: str = told["path"]
        self._load_file = load_file
        self._code: bytes = told["code"]

    def __getattr__(self, name: str) -> Any:
        if name != "check":
            raise AttributeError(name)
        from marshal import loads

        space: dict[str, Any] = {"__name__": f"hslint_rules.{self.group}.{self.name}"}
        exec(loads(self._code), space)  # noqa: S102, S302  the rule's own file, compiled
        (found,) = (value for value in space.values() if isinstance(value, Rule))
        self.check = found.check
        return self.check

    @property
    def docs(self) -> str:
        """The rule's documentation, which the bundle leaves out."""
        return self._load_file(self._path).docs


def load(cache: str, key: bytes, load_file: Callable[[str], Rule]) -> list[Rule] | None:
    """The rules bundled under *key* in the folder *cache*; None when there is no such bundle."""
    told = cachedir.load(_path(cache), key)
    return None if told is None else [BundledRule(each, load_file) for each in told]


def store(cache: str, key: bytes, rules: Iterable[tuple[Rule, str]]) -> None:
    """Bundle *rules*, each with its file, in the folder *cache*."""
    from _frozen_importlib_external import SourceFileLoader  # as in registry
    from marshal import dumps

    told = []
    for rule, path in rules:
        code = SourceFileLoader(rule.name, path).get_code(rule.name)
        attributes = {name: getattr(rule, name) for name in _TOLD}
        told.append(
            {**attributes, "severity": rule.severity.name, "path": path, "code": dumps(code)}
        )
    cachedir.store(_path(cache), key, told)


def _path(cache: str) -> str:
    return os.path.join(cache, f"rules-{sys.implementation.cache_tag}")
