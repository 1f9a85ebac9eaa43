"""Globs: ``*`` and ``?`` stay within a name, ``**`` crosses any folders."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def matcher(globs: Iterable[str], *, folders: bool = False) -> Callable[[str], bool]:
    """Whether a path with ``/`` matches one of the *globs*.

    With *folders* a glob also stands for whatever is below a folder that it matches.
    """
    import re  # slow to import, and most projects have no globs

    below = "(?:/.*)?" if folders else ""
    parts = [_expression(_trimmed(glob)) + below for glob in globs]
    compiled = re.compile("|".join(parts), re.DOTALL)
    return lambda path: compiled.fullmatch(path) is not None


def literal(glob: str) -> str:
    """The folder or file that all matches of a path's glob are in or at; "" for the top."""
    names: list[str] = []
    for name in _trimmed(glob).split("/"):
        if "*" in name or "?" in name:
            break
        names.append(name)
    return "/".join(names)


def _trimmed(glob: str) -> str:
    return "" if glob == "." else glob.removeprefix("./").rstrip("/")


def _expression(glob: str) -> str:
    from re import escape

    if not glob:
        return ".*"
    expression, at = "", 0
    while at < len(glob):
        if glob.startswith("**/", at):
            expression, at = expression + "(?:.*/)?", at + 3
        elif glob.startswith("**", at):
            expression, at = expression + ".*", at + 2
        else:
            sign = {"*": "[^/]*", "?": "[^/]"}.get(glob[at])
            expression, at = expression + (sign or escape(glob[at])), at + 1
    return expression
