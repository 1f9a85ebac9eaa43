"""What the pages of the documentation show is what happens, and they make a site."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from docs import make_options, make_rules, samples
from hslint import registry

if TYPE_CHECKING:
    from pathlib import Path

ROOT = samples.ROOT
BLOCKS = [
    (page.relative_to(ROOT).as_posix(), block)
    for page in samples.PAGES
    for block in samples.blocks(page)
]
SHOWING = sorted({page for page, block in BLOCKS if block.language == "console"})
#: What needs a cluster, a network or another program.
NOT_RUN = {
    ("README.md", "kubectl get all -o yaml | hslint -"),
    ("docs/README.md", "pip install git+https://git.example.com/hslint@v0.1.0"),
    ("docs/README.md", "helm template my-release ./chart | hslint -"),
    ("docs/ci.md", "kustomize build overlays/prod | hslint -"),
    ("docs/ci.md", "flux install --export > flux-system.yaml"),
    (
        "docs/editors.md",
        "pip install 'hslint[lsp] @ git+https://git.example.com/hslint@v0.1.0'",
    ),
    ("docs/performance.md", "python -m benchmarks.run"),
    ("docs/truth.md", "python -m tests.judge.compare --minor 37 --number 10000"),
}


@pytest.mark.parametrize("page", SHOWING)
def test_a_page_shows_what_happens(page: str, tmp_path: Path) -> None:
    """``python docs/samples.py`` writes it anew."""
    assert samples.anew(ROOT / page, tmp_path) == (ROOT / page).read_text(encoding="utf-8")
    for picture in tmp_path.glob("*.svg"):
        assert picture.read_bytes() == (ROOT / page).with_name(picture.name).read_bytes()


def test_what_is_not_run_is_listed_here() -> None:
    marked = {
        (page, re.split(" +# ", block.text.splitlines()[0])[0].removeprefix("$ "))
        for page, block in BLOCKS
        if block.mark == "not run"
    }
    assert marked == NOT_RUN


def test_no_command_stands_where_it_is_not_run() -> None:
    """The README's two are run by ``.ci/run``; those of a console begin with ``$``."""
    shells = [page for page, block in BLOCKS if block.language in {"sh", "bash", "shell", ""}]
    assert shells == ["README.md", "README.md"]
    assert [
        page for page, block in BLOCKS if block.language == "console" and block.text[0] != "$"
    ] == []


SAID = "2 files, 4 objects: no problems found.\n"


def anew(shown: str, folder: Path) -> str:
    """What becomes of an output that a page shows."""
    page = folder / "page.md"
    page.write_text(f"```console\n$ hslint examples/good\n{shown}```\n")
    text = samples.anew(page, folder / "there")
    return text.removeprefix("```console\n$ hslint examples/good\n").removesuffix("```\n")


@pytest.mark.parametrize("shown", [SAID, f"...\n{SAID}", f"{SAID}...\n", "...\n"])
def test_an_output_that_is_what_happens_stays(shown: str, tmp_path: Path) -> None:
    assert anew(shown, tmp_path) == shown


@pytest.mark.parametrize("shown", ["1 file\n", "...\nall is well\n", f"{SAID}all is well\n"])
def test_an_output_that_is_not_what_happens_is_found(shown: str, tmp_path: Path) -> None:
    assert anew(shown, tmp_path) == SAID


def test_a_command_that_hslint_cannot_make_sense_of_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ hslint --no-such-option examples/good\n```\n")
    with pytest.raises(ValueError, match="--no-such-option"):
        samples.anew(page, tmp_path / "there")


def test_the_rules_on_the_pages_are_there() -> None:
    named = re.compile(r"hslint: ignore\[(.+?)\]|hslint/ignore: (.+)|hslint rule ([a-z]+-[a-z-]+)")
    names = {
        name
        for page in samples.PAGES
        if "rules" not in page.parts  # they are compared with the rules
        for found in named.findall(page.read_text(encoding="utf-8"))
        for name in ",".join(found).replace(" ", "").split(",")
        if name and name not in {"RULE", "…"}
    }
    assert names
    assert names <= registry.load().by_name.keys()


def test_each_rule_has_its_page() -> None:
    """``python docs/make_rules.py`` writes them anew."""
    folder = ROOT / "docs/rules"
    written = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*.md")
    }
    assert written == make_rules.pages(registry.load())


def test_each_option_has_its_line() -> None:
    """``python docs/make_options.py`` writes them anew."""
    assert make_options.PAGE.read_text(encoding="utf-8") == make_options.page()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as a site; a link that leads nowhere fails it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


def test_the_site_has_every_page_and_nothing_else_of_docs(site: Path) -> None:
    pages = {page.relative_to(ROOT / "docs") for page in samples.PAGES[1:]}
    built = {
        page.with_name("index.html" if page.name == "README.md" else f"{page.stem}.html")
        for page in pages
    }
    assert [page for page in built if not (site / page).exists()] == []
    assert list(site.rglob("*.py")) == []


def test_the_site_needs_no_network(site: Path) -> None:
    """Links may lead elsewhere; what a page loads may not."""
    loads = re.compile(
        r"<(?:script|img|iframe)\b[^>]*\bsrc=\"(?:https?:)?//|<link\b[^>]*//|url\(['\"]?(?:https?:)?//|@import"
    )
    files = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert [file for file in files if loads.search(file.read_text(encoding="utf-8"))] == []
