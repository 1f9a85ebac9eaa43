"""What an editor works on: folders and texts, each in the project that a config makes of them."""

from __future__ import annotations

import os

from hslint.files import config_for, shown
from hslint.lsp.project import Project
from hslint.lsp.terms import Terms, TermsFile
from hslint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from hslint.lsp.scene import Found, Scene
    from hslint.registry import Rules


class Workspace:
    """Files by name: the path as ``find`` gives it, or whatever else an editor calls a text.

    The folders with the same config are one project, and so are those that have none. A text
    outside of all folders belongs to the project of its config; where it has none, it is a project
    of its own. Nothing here is meant for several threads.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._plain = Terms(rules)
        #: The folders as they were named, and without links.
        self._folders: dict[str, str] = {}
        self._texts: dict[str, bytes] = {}
        #: The config of each folder, the longest first, and of the texts outside; "" for none.
        self._configs: dict[str, str] = {}
        self._outside: dict[str, str] = {}
        #: The configs, and the projects that they make.
        self._files: dict[str, TermsFile] = {}
        self._projects: dict[str, Project] = {}
        #: The texts that are in no project.
        self._alone: dict[str, Project] = {}

    # -- names

    def name(self, path: str) -> str:
        """The name of the file at *path*."""
        for given, real in self._folders.items():
            if path.startswith(given + "/"):
                path = real + path[len(given) :]
                break
        if not self._knows(path) and os.path.isabs(path):
            real = shown(os.path.realpath(path))
            if self._knows(real):
                return real
        return path

    def _knows(self, name: str) -> bool:
        return name in self._texts or any(p.file(name) for p in self._projects.values())

    def path(self, name: str) -> str:
        """Where the file of this *name* is, below a folder as it was named."""
        for given, real in self._folders.items():
            if name.startswith(real + "/"):
                return given + name[len(real) :]
        return name

    # -- changes

    def add_folder(self, path: str) -> None:
        """Take a folder in; ``look`` finds its files."""
        self._folders[path.rstrip("/")] = shown(os.path.realpath(path)).rstrip("/")

    def remove_folder(self, path: str) -> None:
        """Let go of a folder; ``look`` loses its files."""
        self._folders.pop(path.rstrip("/"), None)

    def changed(self, name: str) -> None:
        """Take notice that a file was written, whatever its size and time tell."""
        for project in self._projects.values():
            project.changed(name)
        if name in self._files:
            self._files[name].changed()

    def look(self) -> None:
        """See which configs and files there are, and which have changed since."""
        folders = sorted(set(self._folders.values()), key=len, reverse=True)
        self._configs = {folder: _config(folder or "/") for folder in folders}
        self._outside = {}
        outside = [n for n in self._texts if os.path.isabs(n) and self._config_of(n) is None]
        self._outside = {name: config for name in outside if (config := _config(name))}
        configs = dict.fromkeys((*self._configs.values(), *self._outside.values()))
        self._files = {
            each: self._files.get(each) or TermsFile(self.rules, each) for each in configs if each
        }
        self._projects = {each: self._looked(each) for each in configs}
        for name in self._texts:
            self._place(name)

    def _looked(self, config: str) -> Project:
        """The project of a config as it is now."""
        terms = self._plain
        if config:
            self._files[config].look()
            terms = self._files[config].terms
        project = self._projects.get(config) or Project(terms)
        folders = [each for each in self._folders.values() if self._configs[each] == config]
        named = [name for name, other in self._outside.items() if other == config]
        project.look(terms, folders, named)
        return project

    def edit(self, name: str, text: str) -> None:
        """Take over what an editor shows for a file."""
        is_new = name not in self._texts
        self._texts[name] = text.encode("utf-8", "replace")
        if is_new:
            self.look()
        else:
            self._place(name)

    def close(self, name: str) -> None:
        """Forget what an editor showed: the file on disk counts again."""
        self._texts.pop(name, None)
        self._alone.pop(name, None)
        for project in self._projects.values():
            project.close(name)

    def _place(self, name: str) -> None:
        """Have a text where it belongs, and nowhere else."""
        for project in self._projects.values():
            if project.holds(name):
                project.edit(name, self._texts[name])
            else:
                project.close(name)
        if self._home(name) is not None:
            self._alone.pop(name, None)
            return
        terms = self._terms_alone(name)
        alone = self._alone.get(name)
        if alone is None or alone.terms is not terms:
            alone = self._alone[name] = Project(terms)
        alone.edit(name, self._texts[name])

    # -- which project a file is in

    def _config_of(self, name: str) -> str | None:
        """The config of the nearest folder above a file, or of a text outside, "" for none.

        None where there is neither.
        """
        for folder, config in self._configs.items():
            if name.startswith(folder + "/"):
                return config
        return self._outside.get(name)

    def _home(self, name: str) -> Project | None:
        """The project that a file is checked in, if any."""
        config = self._config_of(name)
        if config is None or not self._projects[config].holds(name):
            return None
        return self._projects[config]

    def _terms_alone(self, name: str) -> Terms:
        """What a text is judged by that is in no project."""
        config = self._config_of(name)
        if config is None:
            return self._plain
        project = self._projects[config]
        return project.terms.silent if project.leaves_out(name) else project.terms

    # -- answers

    def text(self, name: str) -> str:
        """The text of a file, "" where there is none."""
        data = self.data(name)
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        return data.decode(encoding, "replace").removeprefix("\ufeff")

    def data(self, name: str) -> bytes:
        """The bytes of a file, none where there is none."""
        if name in self._texts:
            return self._texts[name]
        for project in self._projects.values():
            file = project.file(name)
            if file is not None:
                return file.source.data
        return Source(name, path=name).data if name in self._files else b""

    def scene(self, name: str) -> Scene:
        """The world that a file belongs to, as it is now."""
        return self._project(name).scene()

    def last_scene(self, name: str) -> Scene:
        """The last world in which a file could be read as a whole; the one it is in if none."""
        return self._project(name).last_scene(name)

    def _project(self, name: str) -> Project:
        return self._home(name) or self._alone.get(name) or Project(self._plain)

    def check(self, first: Collection[str]) -> Iterator[Found | None]:
        """Check all files step by step, those called *first* before the others.

        Yields what is found in some files, in the end what is found in all, and None between.
        """
        found: Found = {}
        alone = [project for name, project in self._alone.items() if name not in self._files]
        for project in [*alone, *self._projects.values()]:
            for step in project.check(first):
                if step is not None:
                    here = {n: f for n, f in step.items() if self._home(n) in (None, project)}
                    found.update(here)
                    yield here
                else:
                    yield None
        found.update((name, file.faults) for name, file in self._files.items() if file.faults)
        yield found

    def faults(self) -> list[str]:
        """The rules that failed: faults of hslint's own."""
        return [fault for project in self._projects.values() for fault in project.faults()]


def _config(path: str) -> str:
    """The config file for a path, or ""."""
    return shown(config_for([path]) or "")
