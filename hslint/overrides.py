"""What a config, and the choice of files, make of what rules said: how bad it is, and whether."""

from __future__ import annotations

import os

from hslint.contract import SEVERITIES
from hslint.external import External

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hslint.contract import Rule, Severity
    from hslint.registry import Rules
    from hslint.said import Said
    from hslint.settings import Settings


class Overrides:
    """The config of a run, for what was said in it."""

    def __init__(self, settings: Settings, rules: Rules) -> None:
        self._rules = rules
        self._settings = settings
        self._severities = {
            rule: SEVERITIES[name] for rule, name in settings.severity.items() if name in SEVERITIES
        }
        self._ignores = [_Ignore(each, settings.folder) for each in settings.ignore]

    def severity(self, rule: Rule, severity: Severity) -> Severity:
        """How bad a finding is, by the config.

        What the config says stands for the severity of the rule. A finding that the rule is less
        sure of gets no worse by it.
        """
        chosen = self._severities.get(rule.name)
        if chosen is None or (severity < rule.severity and severity < chosen):
            return severity
        return chosen

    def kept(self, said: list[Said]) -> list[Said]:
        """What is reported of what was *said*."""
        return [one for one in said if self._keeps(one)]

    def _keeps(self, said: Said) -> bool:
        ends = [said.problem.at, *(at for at, _ in said.problem.related)]
        for end in ends:
            if isinstance(end.document, External) and not end.document.tells(end.path):
                return False  # nothing is known of what is wrong there
        if not any(self._settings.is_given(end.document.file) for end in ends):
            return False
        group = self._rules.by_name[said.rule].group
        return not any(ignore.hides(said, group) for ignore in self._ignores)


class _Ignore:
    """An entry of the config's ``ignore``: globs that are not there match everything."""

    def __init__(self, entry: Sequence[Sequence[str]], folder: str) -> None:
        self._rules, paths, objects = entry
        self._folder = folder
        self._is_path = _matcher(paths, folders=True)
        self._is_object = _matcher(objects, folders=False)

    def hides(self, said: Said, group: str) -> bool:
        """Whether the entry is about what was *said*."""
        if said.rule not in self._rules and group not in self._rules:
            return False
        if self._is_path is not None:
            path = os.path.relpath(said.problem.at.document.file, self._folder)
            if not self._is_path(path):
                return False
        if self._is_object is None:
            return True
        owner = said.owner
        if owner is None:
            return False
        return self._is_object(f"{owner.kind}/{owner.name}") or self._is_object(
            f"{owner.kind}/{owner.namespace or ''}/{owner.name}"
        )


def _matcher(globs: Sequence[str], *, folders: bool) -> Callable[[str], bool] | None:
    if not globs:
        return None
    from hslint.globs import matcher

    return matcher(globs, folders=folders)
