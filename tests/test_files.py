"""Which files a run reads, in which order and how often."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from hslint.files import PathError, config_for, find

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a manifest in every sort of place; it is the current one."""
    for name in (
        "b.yaml",
        "a.yml",
        "c.json",
        "notes.txt",
        "UPPER.YAML",
        "sub/deep/d.yaml",
        "sub.yaml",
        ".hidden/e.yaml",
        ".hidden.yaml",
        "node_modules/f.yaml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str) -> list[str]:
    """The files that are read for *paths*, as reports name them."""
    return [source.file for source in find(paths)]


def test_a_folder_is_walked_in_order_and_what_is_not_ours_is_left_out(tree: Path) -> None:
    assert names(str(tree)) == [
        f"{tree}/a.yml",
        f"{tree}/b.yaml",
        f"{tree}/c.json",
        f"{tree}/sub/deep/d.yaml",
        f"{tree}/sub.yaml",
    ]


@pytest.mark.usefixtures("tree")
def test_paths_are_named_as_they_were_given() -> None:
    assert names("sub") == ["sub/deep/d.yaml"]
    assert names("sub/") == ["sub/deep/d.yaml"]
    assert names("./sub") == ["./sub/deep/d.yaml"]
    assert names(".")[:2] == ["a.yml", "b.yaml"]
    assert names("../" + os.path.basename(os.getcwd()) + "/sub")[0].startswith("../")


@pytest.mark.usefixtures("tree")
def test_a_named_file_is_read_whatever_it_is_called() -> None:
    (notes, hidden) = find(["notes.txt", ".hidden/e.yaml"])

    assert (notes.file, notes.data, notes.named) == ("notes.txt", b"notes.txt", True)
    assert (hidden.file, hidden.named) == (".hidden/e.yaml", True)


@pytest.mark.usefixtures("tree")
def test_a_file_is_read_once_however_often_it_is_named() -> None:
    assert names("sub", "sub/deep/d.yaml", "./sub/deep", "sub") == ["sub/deep/d.yaml"]
    assert names("sub/deep/d.yaml", "sub") == ["sub/deep/d.yaml"]


def test_links_to_files_are_followed_once_and_links_to_folders_never(tree: Path) -> None:
    (tree / "sub/loop").symlink_to(tree)
    (tree / "sub/again.yaml").symlink_to(tree / "sub/deep/d.yaml")
    (tree / "sub/folder.yaml").symlink_to(tree / "sub/deep")
    (tree / "sub/other.yaml").symlink_to(tree / "notes.txt")
    (tree / "sub/third.yaml").symlink_to(tree / "notes.txt")

    assert names("sub") == ["sub/deep/d.yaml", "sub/other.yaml"]


def test_a_link_to_a_folder_is_followed_when_it_is_named(tree: Path) -> None:
    (tree / "link").symlink_to(tree / "sub")

    assert names("link") == ["link/deep/d.yaml"]
    assert names("link", "sub") == ["link/deep/d.yaml"]


def test_what_cannot_be_read_says_why(tree: Path) -> None:
    (tree / "sub/nowhere.yaml").symlink_to(tree / "gone.yaml")
    (tree / "sub/self.yaml").symlink_to(tree / "sub/self.yaml")

    errors = {source.file: source.error for source in find(["sub"]) if source.error}
    assert errors == {
        "sub/nowhere.yaml": "no such file or directory",
        "sub/self.yaml": "too many levels of symbolic links",
    }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_what_must_not_be_read_says_so(tree: Path) -> None:
    (tree / "b.yaml").chmod(0)
    (tree / "sub").chmod(0)
    try:
        errors = {source.file: source.error for source in find(["."]) if source.error}
    finally:
        (tree / "sub").chmod(0o755)
    assert errors == {"b.yaml": "permission denied", "sub": "permission denied"}


@pytest.mark.usefixtures("tree")
def test_a_path_that_leads_nowhere_stops_the_run_before_anything_is_read() -> None:
    with pytest.raises(PathError, match=r"^gone: no such file or folder$"):
        find(["b.yaml", "gone"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_path_that_may_not_be_seen_is_not_said_to_be_missing(tree: Path) -> None:
    (tree / "sub").chmod(0)
    try:
        with pytest.raises(PathError, match=r"^sub/deep/d.yaml: permission denied$"):
            find(["sub/deep/d.yaml"])
    finally:
        (tree / "sub").chmod(0o755)


@pytest.mark.usefixtures("tree")
def test_what_is_no_folder_holds_nothing() -> None:
    with pytest.raises(PathError, match=r"^b.yaml/c: no such file or folder$"):
        find(["b.yaml/c"])


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("[tool.hslint]\n", True),
        ("[tool]\nhslint = {}\n", True),
        ('[tool."hslint"]\n', True),
        ("[ tool . hslint ]\n", True),
        ("tool = 3 # tool.hslint\n", False),
        ('[project]\ndependencies = ["hslint"]\n', False),
        ("[tool.hslint\n", True),  # reading it says what is wrong
    ],
)
def test_a_pyproject_is_ours_where_it_has_our_table(
    tree: Path, text: str, *, is_ours: bool
) -> None:
    (tree / ".git").mkdir()
    (tree / "pyproject.toml").write_text(text)
    assert (config_for(["b.yaml"]) is not None) is is_ours


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_pipe_is_read_when_named_and_left_alone_in_a_folder(tree: Path) -> None:
    os.mkfifo(tree / "sub/pipe.yaml")
    (tree / "sub/link.yaml").symlink_to(tree / "sub/pipe.yaml")
    (tree / "sub/null.yaml").symlink_to(os.devnull)
    assert names("sub") == ["sub/deep/d.yaml"]

    reader, writer = os.pipe()
    os.write(writer, b"kind: Service\n")
    os.close(writer)
    (source,) = find([f"/dev/fd/{reader}"])
    os.close(reader)
    assert source.data == b"kind: Service\n"
