"""Files of the user's, written so that a failure leaves them as they were."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from hslint.files import PathError
from hslint.source import SourceError, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING = "nothing was written"


def write(texts: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Write the files, all of them beside the old ones before the first is replaced.

    A link stays one, and a file keeps its mode. Raises PathError for one that cannot be written,
    SourceError for one that is not as it was *before*, where that is given.
    """
    ready: dict[str, str] = {}
    done: list[str] = []
    for file in texts:
        _check(file, before.get(file))
    try:
        for file, data in texts.items():
            real = os.path.realpath(file)
            ready[file] = os.path.join(os.path.dirname(real), f".hslint-{os.getpid()}-{len(ready)}")
            _store(ready[file], data, real)
        for file, beside in ready.items():
            os.replace(beside, os.path.realpath(file))
            done.append(file)
    except OSError as error:
        told = f"written before: {', '.join(done)}" if done else _NOTHING
        message = f"{file}: {reason(error)}; {told}"
        raise PathError(message) from error
    finally:
        for file in ready.keys() - done:
            if os.path.lexists(ready[file]):
                os.remove(ready[file])


def _check(file: str, before: bytes | None) -> None:
    """Raise where it is plain that *file* cannot be written, or must not be."""
    if not os.path.exists(file):
        return
    if not os.path.isfile(file):
        message = f"{file}: it is no regular file; {_NOTHING}"
        raise PathError(message)
    if not os.access(file, os.W_OK):  # though another could take its place
        message = f"{file}: it is not writable; {_NOTHING}"
        raise PathError(message)
    if before is not None:
        with open(file, "rb") as now:
            if now.read() != before:
                message = f"{file}: it was changed while hslint read it; {_NOTHING}"
                raise SourceError(message)


def _store(beside: str, data: bytes, real: str) -> None:
    """Write *data* to a new file with the mode and the owner of the one that it will replace."""
    with open(beside, "xb") as file:
        file.write(data)
    if os.path.exists(real):
        old, new = os.stat(real), os.stat(beside)
        if sys.platform != "win32" and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            with suppress(PermissionError):  # who may write a file need not own it
                os.chown(beside, old.st_uid, old.st_gid)
        os.chmod(beside, old.st_mode & 0o7777)
