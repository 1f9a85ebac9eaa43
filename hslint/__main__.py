"""The program: ``hslint`` and ``python -m hslint``."""

from __future__ import annotations

import gc
import os
import sys

#: First words that are no path.
_COMMANDS = ("rule", "dns", "graph", "lsp")


def main() -> None:
    """Run with the arguments of the process, and exit.

    Plain paths need no option parser, so that a pre-commit hook or an editor waits for none.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file name may be no text at all
    gc.disable()  # a run makes no cycles worth finding, and looking for them takes a third of it
    arguments = sys.argv[1:]
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
        from traceback import extract_tb

        last = extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}, line {last.lineno}"
        what = f"{type(error).__name__} in {where}: {error}"
        print(f"error: {what}; this is a fault of hslint's own", file=sys.stderr)  # noqa: T201
        status = 2
    _end(status)


def _end(status: int) -> None:
    """Exit without freeing what the system frees anyway, which takes a tenth of a large run."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):  # nobody reads it, or it is closed
            status = status or 141
    os._exit(status)


def _is_plain(argument: str) -> bool:
    return argument == "-" or not argument.startswith("-")


if __name__ == "__main__":
    main()
