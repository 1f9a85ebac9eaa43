"""Load rules from a folder: the built-in ones and anybody's alike."""

from __future__ import annotations

import os
import sys

from hslint import bundle
from hslint.contract import SEEN, WORKLOADS, Rule, RuleError
from hslint.controllers import KINDS
from hslint.home import HOME
from hslint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from types import ModuleType
    from typing import TypeAlias

    #: Rules that see the same, with the names of what they see.
    Group: TypeAlias = tuple[tuple[str, ...], list[Rule]]

_RULES = os.path.join(HOME, "rules")


class Rules:
    """Rules by name, and by the type of the manifests they are for."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.by_name = {rule.name: rule for rule in rules}
        self._by_type: dict[str, list[Rule]] = {}
        self._plans: dict[str, Plan] = {}
        self._general = [r for r in self if "manifest" in r.sees and not r.kinds]
        for rule in self:
            for kind in rule.kinds:
                for each in KINDS if kind == WORKLOADS else (kind,):
                    self._by_type.setdefault(each, []).append(rule)

    @property
    def alone(self) -> Rules:
        """Those that see no more than a document or an object of it."""
        return Rules(r for r in self if not {"world", "ignore"} & {*r.sees})

    @property
    def across(self) -> Rules:
        """Those that hold an object against the others."""
        return Rules(r for r in self if "world" in r.sees)

    @property
    def fields(self) -> frozenset[str]:
        """The names that rules wait for."""
        return frozenset(field for rule in self for field in rule.fields)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.by_name.values())

    def seeing(self, what: str) -> list[Group]:
        """The rules about a ``document`` or an ``ignore``."""
        return _grouped(rule for rule in self if what in rule.sees)

    def about(self, kind: str, names: Collection[str]) -> list[Group]:
        """The rules about manifests of this type that hold these names."""
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = Plan(self._general + self._by_type.get(kind, []))
        return plan.about(names)

    def select(self, wanted: Iterable[str], unwanted: Iterable[str] = ()) -> Rules:
        """Those of the rules that are wanted (all if nothing is named), by name or group.

        Raises RuleError for a word that is neither.
        """
        wanted, unwanted = set(wanted), set(unwanted)
        words = self.by_name.keys() | {rule.group for rule in self}
        for word in sorted((wanted | unwanted) - words):
            raise RuleError(_unknown(word, words))
        return Rules(
            rule
            for rule in self
            if (not wanted or wanted & {rule.name, rule.group})
            and not unwanted & {rule.name, rule.group}
        )


class Plan:
    """The rules for one type of objects, sorted out once for each set of fields that matter."""

    __slots__ = ("_fields", "_known", "_rules")

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self._fields = frozenset(field for rule in rules for field in rule.fields)
        self._known: dict[frozenset[str], list[Group]] = {}

    def about(self, names: Collection[str]) -> list[Group]:
        """The rules that wait for no field, or for one of *names*."""
        there = self._fields.intersection(names)
        found = self._known.get(there)
        if found is None:
            fitting = [r for r in self._rules if not r.fields or not there.isdisjoint(r.fields)]
            found = self._known[there] = _grouped(fitting)
        return found


def load(folder: str = _RULES, cache: str | None = None) -> Rules:
    """The rules of *folder*: ``<group>/<name>.py``, one rule a file; raises RuleError.

    They are bundled in the folder *cache*, if one is given.
    """
    paths = files(folder)
    key = repr((__version__, sys.implementation.cache_tag, paths)).encode()
    rules = bundle.load(cache, key, load_file) if cache else None
    if rules is None:
        rules = [load_file(path) for path in paths]
        if cache:
            bundle.store(cache, key, zip(rules, paths, strict=True))
    names = {rule.name: rule for rule in rules}
    if len(names) < len(rules):
        twice = next(rule.name for rule in rules if names[rule.name] is not rule)
        message = f"{folder}: two rules are named {twice}"
        raise RuleError(message)
    return Rules(rules)


def load_all(folders: Iterable[str], cache: str | None = None) -> Rules:
    """The rules that come with hslint, and those of more *folders*; raises RuleError."""
    rules = {rule.name: rule for rule in load(cache=cache)}
    for folder in folders:
        if not os.path.isdir(folder):
            message = f"{folder}: no such folder"
            raise RuleError(message)
        found = load(folder)
        if not found.by_name:
            message = f"{folder}: no rule found; rules are files <group>/<name>.py"
            raise RuleError(message)
        for rule in found:
            if rule.name in rules:
                message = f"{folder}: another rule is named {rule.name}"
                raise RuleError(message)
            rule.own = True
            rules[rule.name] = rule
    return Rules(rules.values())


def files(folder: str = _RULES) -> dict[str, tuple[int, int]]:
    """The rule files of *folder*, sorted, each with its size and its last change in ns."""
    found: dict[str, tuple[int, int]] = {}
    for group in sorted(os.listdir(folder)):
        inside = os.path.join(folder, group)
        if group[0] in "._" or not os.path.isdir(inside):
            continue
        for entry in sorted(os.scandir(inside), key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                status = entry.stat()
                found[entry.path] = status.st_size, status.st_mtime_ns
    return found


def load_file(path: str) -> Rule:
    """The rule of one file, which is named after it; raises RuleError."""
    folder, _, stem = path[:-3].rpartition(os.sep)
    group = os.path.basename(folder)
    found = [v for v in vars(_load_module(path, group, stem)).values() if isinstance(v, Rule)]
    if len(found) != 1:
        message = f"{path}: a rule file holds one rule, this one holds {len(found)}"
        raise RuleError(message)
    (rule,) = found
    for name in rule.sees:
        if name not in SEEN:
            message = f"{path}: a check sees {', '.join(SEEN)}; there is no {name!r}"
            raise RuleError(message)
    rule.name = stem.replace("_", "-")
    rule.group = group
    return rule


def _grouped(rules: Iterable[Rule]) -> list[Group]:
    """The rules by what they see, so that it is looked up once for all of them."""
    groups: dict[tuple[str, ...], list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.sees, []).append(rule)
    return list(groups.items())


def _load_module(path: str, group: str, stem: str) -> ModuleType:
    # importlib.util would say the same in two lines, and takes 4 ms to import
    from _frozen_importlib_external import SourceFileLoader

    name = f"hslint_rules.{group}.{stem}"
    module = type(sys)(name)
    module.__file__ = path
    sys.modules[name] = module  # a dataclass in a rule file looks its module up
    try:
        SourceFileLoader(name, path).exec_module(module)
    except (Exception, SystemExit) as error:
        message = f"{path}: it cannot be loaded: {type(error).__name__}: {error}"
        raise RuleError(message) from error
    return module


def _unknown(word: str, words: Iterable[str]) -> str:
    from hslint.suggest import closest

    near = closest(word, words)
    return f"no rule or group is named {word!r}" + (f"; did you mean {near!r}?" if near else "")
