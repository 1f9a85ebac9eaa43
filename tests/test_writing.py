"""Files are written whole or not at all: a full disk, a link, a file that may not be written."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import hslint
from hslint.files import PathError
from hslint.source import SourceError
from hslint.writing import write

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = os.path.dirname(os.path.dirname(hslint.__file__))
#: No file can grow beyond 4 KiB, as on a disk with that much left.
FULL = """\
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from hslint.__main__ import main
sys.argv[1:1] = ["--no-cache"]
main()
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: db}
spec:
  clusterIP: none
  selector: {app: db}
  ports: [{port: 80}]
"""
LONG = SERVICE + "# and more\n" * 1000


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
@pytest.mark.parametrize("option", ["--fix", "--add-ignores=why", "--write-baseline=known.json"])
def test_a_full_disk_leaves_all_as_it_was(tmp_path: Path, option: str) -> None:
    many = "---\n".join(SERVICE.replace("db", f"db{number}") for number in range(100))
    texts = {"a.yaml": SERVICE, "b.yaml": LONG, "c.yaml": many, "known.json": '{"hslint-baseline"'}
    for file, text in texts.items():
        (tmp_path / file).write_text(text)
    result = subprocess.run(
        [sys.executable, "-c", FULL, option, "a.yaml", "b.yaml", "c.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": SOURCES},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.endswith(": file too large; nothing was written\n")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == texts


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are others there")
def test_a_file_keeps_its_mode_and_a_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_text("a")
    file.chmod(0o640)
    link.symlink_to("a.yaml")
    write({str(link): b"b"}, {str(link): b"a"})

    assert link.is_symlink()
    assert file.read_text() == "b"
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["a.yaml", "b.yaml"]


def test_one_that_may_not_be_written_holds_back_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")
    for file in (first, second):
        write({file: b"a"}, {})
    monkeypatch.setattr("os.access", lambda file, _: file != second)  # root may write everywhere

    with pytest.raises(PathError, match=r"b.yaml: it is not writable; nothing was written"):
        write({first: b"b", second: b"b"}, {})
    assert (tmp_path / "a.yaml").read_bytes() == b"a"


def test_one_that_changed_holds_back_all(tmp_path: Path) -> None:
    first, second = str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")
    write({first: b"a", second: b"a"}, {})

    with pytest.raises(SourceError, match=r"b.yaml: it was changed while hslint read it"):
        write({first: b"b", second: b"b"}, {first: b"a", second: b"other"})
    assert (tmp_path / "a.yaml").read_bytes() == b"a"


def test_those_that_were_written_before_a_failure_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    real = os.replace

    def busy(beside: str, file: str) -> None:
        if file.endswith("b.yaml"):
            raise OSError(16, "Device or resource busy")
        real(beside, file)

    monkeypatch.setattr("os.replace", busy)
    with pytest.raises(PathError, match=r"b.yaml: device or resource busy; written before: a.yaml"):
        write({"a.yaml": b"a", "b.yaml": b"b", "c.yaml": b"c"}, {})
    assert os.listdir() == ["a.yaml"]


def test_what_is_no_regular_file_is_not_replaced() -> None:
    with pytest.raises(PathError, match="it is no regular file"):
        write({os.devnull: b"a"}, {})
