"""The program: ``hslint`` and ``python -m hslint``."""

from __future__ import annotations

import gc
import os
import sys

#: First words that are no path.
_COMMANDS = ("rule", "dns", "graph", "lsp")
#: What writing to a standard stream fails with, where the fault is not hslint's.
_STREAM = ("EBADF", "EDQUOT", "EFBIG", "EIO", "ENOSPC")


def main() -> None:
    """Run with the arguments of the process, and exit.

    Plain paths need no option parser, so that a pre-commit hook or an editor waits for none.
    """
    arguments = sys.argv[1:]
    closed = _closed(arguments)
    if closed:
        _end(_fail(f"{closed} is closed"))
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file name may be no text at all
    gc.disable()  # a run makes no cycles worth finding, and looking for them takes a third of it
    try:
        if arguments and arguments[0] not in _COMMANDS and all(map(_is_plain, arguments)):
            from hslint.run import run

            status = run(arguments)
        else:
            from hslint.cli import main as parse

            status = parse(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 141  # what a shell shows for a program that SIGPIPE ended
    except KeyboardInterrupt:
        status = 130  # likewise for SIGINT
    except Exception as error:  # noqa: BLE001  status 1 would say that there are findings
        status = _fail(_why(error))
    _end(status)


def _closed(arguments: list[str]) -> str:
    """The standard stream that is needed and closed, or ""; messages need no reader."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  till the end
    if sys.stdout is None:
        return "standard output"
    if sys.stdin is None and ("-" in arguments or arguments[:1] == ["lsp"]):
        return "standard input"
    return ""


def _why(error: Exception) -> str:
    """What to say of an error that nothing has caught."""
    if isinstance(error, OSError) and error.filename is None:
        from errno import errorcode

        if errorcode.get(error.errno or 0) in _STREAM:  # errors of files are caught
            return f"standard input or output: {(error.strerror or '').lower()}"
    from traceback import extract_tb

    last = extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}, line {last.lineno}"
    return f"{type(error).__name__} in {where}: {error}; this is a fault of hslint's own"


def _fail(message: str) -> int:
    """Say why the run failed, where that can be said; return the exit status."""
    from contextlib import suppress  # most runs need none of it

    with suppress(OSError):
        print(f"error: {message}", file=sys.stderr)  # noqa: T201  the way to say it
    return 2


def _end(status: int) -> None:
    """Exit without freeing what the system frees anyway, which takes a tenth of a large run."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (BrokenPipeError, ValueError):  # nobody reads it, or it is closed
            status = status or 141
        except OSError:
            status = 2
    os._exit(status)


def _is_plain(argument: str) -> bool:
    return argument == "-" or not argument.startswith("-")


if __name__ == "__main__":
    main()
