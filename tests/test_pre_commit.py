"""The hook holds back a commit that breaks a reference, whichever file the commit changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent.parent
#: What a clone of hslint needs to become a hook.
NEEDED = (
    ".pre-commit-hooks.yaml",
    "LICENSE",
    "README.md",
    "hslint",
    "pyproject.toml",
    "rules",
    "schemas",
)


class Repository:
    """A git repository in a temporary folder, apart from the user's own git settings."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        settings = home / "gitconfig"
        settings.write_text("[user]\nname = Ada\nemail = ada@example.com\n")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self._environment = kept | {
            "GIT_CONFIG_GLOBAL": str(settings),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(home / "hooks"),
        }
        self.run("git", "init", "--quiet")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder; standard error goes with the output."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Commit everything."""
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--quiet", "--message", "change")

    def replace(self, file: str, old: str, new: str) -> None:
        """Edit a file."""
        path = self.folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))


@pytest.fixture
def hook(tmp_path: Path) -> str:
    """A clone of hslint as pre-commit's configuration names it: its path and its revision."""
    clone = Repository(tmp_path / "hslint", tmp_path)
    for name in NEEDED:
        source, target = SOURCES / name, clone.folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    committed = clone.commit()
    assert committed.returncode == 0, committed.stdout
    revision = clone.run("git", "rev-parse", "HEAD").stdout.strip()
    return f"repos: [{{repo: {clone.folder}, rev: {revision}, hooks: [{{id: hslint}}]}}]\n"


def test_a_commit_that_breaks_a_reference_is_held_back(hook: str, tmp_path: Path) -> None:
    manifests = Repository(tmp_path / "manifests", tmp_path)
    (manifests.folder / ".pre-commit-config.yaml").write_text(hook)
    service, workload = (SOURCES / "examples/good/mongo.yaml").read_text().split("---\n")
    (manifests.folder / "service.yaml").write_text(service)
    (manifests.folder / "statefulset.yaml").write_text(workload)
    installed = manifests.run(sys.executable, "-m", "pre_commit", "install")
    assert installed.returncode == 0, installed.stdout

    clean = manifests.commit()
    assert clean.returncode == 0, clean.stdout

    manifests.replace("service.yaml", "name: mongo\nspec", "name: mongodb\nspec")
    broken = manifests.commit()
    assert broken.returncode == 1, broken.stdout
    assert "statefulset.yaml" in broken.stdout
    assert "governing-service-missing" in broken.stdout

    manifests.replace("statefulset.yaml", "serviceName: mongo", "serviceName: mongodb")
    mended = manifests.commit()
    assert mended.returncode == 0, mended.stdout
    assert manifests.run("git", "rev-list", "--count", "HEAD").stdout == "2\n"

    other = (SOURCES / "examples/good/mongo.yaml").read_text().replace("mongo", "other")
    (manifests.folder / "other.yaml").write_text(other)  # else Services live elsewhere
    assert manifests.commit().returncode == 0
    (manifests.folder / "service.yaml").unlink()
    deleted = manifests.commit()
    assert deleted.returncode == 1, deleted.stdout
    assert "governing-service-missing" in deleted.stdout
