"""What hslint remembers between runs: files that are whole, or as good as not there."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DIGEST = 16


def folder() -> str:
    """The platform's cache folder for hslint; on Linux without importing platformdirs for it."""
    if sys.platform == "linux":
        home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        return os.path.join(home, "hslint")
    from platformdirs import user_cache_dir

    return user_cache_dir("hslint", appauthor=False)


def load(path: str, key: bytes) -> Any:
    """What ``store`` kept at *path* under *key*; None if it is not there, or damaged."""
    from marshal import loads

    try:
        with open(path, "rb", buffering=0) as file:
            data = file.read()
    except OSError:
        return None
    body = memoryview(data)[2 * _DIGEST :]
    if data[:_DIGEST] != digest(key) or data[_DIGEST : 2 * _DIGEST] != digest(body):
        return None
    try:
        return loads(body)  # noqa: S302  written by store
    except (ValueError, EOFError, TypeError):
        return None


def store(path: str, key: bytes, value: Any) -> bool:
    """Keep plain *value* at *path* under *key*; False where the folder cannot be written.

    Written beside and renamed, so that a reader sees the old file or the new one.
    """
    from marshal import dumps

    body = dumps(value)
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb", buffering=0) as file:
            file.write(digest(key) + digest(body) + body)
        os.replace(beside, path)
    except OSError:
        return False
    return True


def digest(data: bytes | memoryview) -> bytes:
    """A short hash of *data*."""
    from _blake2 import blake2b  # hashlib would also load OpenSSL

    result: bytes = blake2b(data, digest_size=_DIGEST).digest()
    return result


def stamp(*folders: str) -> bytes:
    """What changes whenever a file below *folders* is written: names, sizes and times."""
    found = []
    waiting = list(folders)
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
            else:
                status = entry.stat()
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return digest(repr(sorted(found)).encode())


def trim(folder: str, prefix: str, most: int) -> None:
    """Remove the oldest files of *folder* that begin with *prefix*, till *most* bytes are left."""
    kept = []
    for entry in os.scandir(folder):
        if entry.name.startswith(prefix):
            try:
                status = entry.stat()
            except OSError:  # another run was faster
                continue
            kept.append((status.st_mtime_ns, status.st_size, entry.path))
    kept.sort()
    size = sum(each[1] for each in kept)
    for _, length, path in kept:
        if size <= most:
            return
        size -= length
        try:
            os.remove(path)
        except OSError:
            continue
