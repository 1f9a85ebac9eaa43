"""Repairs made in the bytes of files, and every document that they touch read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.change import changed, same
from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load
from hslint.yaml.split import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from hslint.repair import Edit, Repair

_MARK = "\ufeff"
#: What a file in another encoding than UTF-8 begins with.
_ENCODINGS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def mend(
    repairs: Iterable[Repair], read: Callable[[str], bytes]
) -> tuple[dict[str, bytes], list[Repair]]:
    """The new bytes of the files that *repairs* change, and those repairs that were made.

    *read* gives the bytes of a file. Of several that are about the same text the first is made, a
    safe one before the others, which have to wait for another look at the files. So has what a file
    would be read otherwise after, than the repairs say.
    """
    chosen = _compatible(repairs)
    before: dict[str, bytes] = {}
    while True:
        after: dict[str, bytes] = {}
        refused: list[Repair] = []
        for file, here in _by_file(chosen).items():
            if file not in before:
                before[file] = read(file)
            text = _edited(before[file], file, here)
            if text is None:
                refused += here[1:] or here  # where one alone cannot be made, it never is
            else:
                after[file] = text
        if not refused:
            return after, chosen
        chosen = [repair for repair in chosen if repair not in refused]


def _compatible(repairs: Iterable[Repair]) -> list[Repair]:
    """Those whose edits are not about the same text as those of an earlier one, safe ones first."""
    chosen: list[Repair] = []
    taken: dict[str, list[Edit]] = {}
    for repair in sorted(repairs, key=lambda repair: not repair.safe):
        edits = repair.edits
        if edits and not any(_overlap(e, other) for e in edits for other in taken.get(e[0], ())):
            chosen.append(repair)
            for edit in edits:
                taken.setdefault(edit[0], []).append(edit)
    return chosen


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits of a file touch each other."""
    return one[1:3] <= other[3:5] and other[1:3] <= one[3:5]


def _by_file(repairs: Iterable[Repair]) -> dict[str, list[Repair]]:
    files: dict[str, list[Repair]] = {}
    for repair in repairs:
        for file in {edit[0] for edit in repair.edits}:
            files.setdefault(file, []).append(repair)
    return files


def _edited(data: bytes, file: str, repairs: Sequence[Repair]) -> bytes | None:
    """A file's bytes after the edits of *repairs*; None where they do not say what they should."""
    encoding = _ENCODINGS.get(data[:2], "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    mark = _MARK if text.startswith(_MARK) else ""
    edits = sorted(edit for repair in repairs for edit in repair.edits if edit[0] == file)
    new = (mark + _written(text.removeprefix(_MARK), edits)).encode(encoding)
    changes: dict[int, list[Any]] = {}
    for repair in repairs:
        for at, number, operation in repair.changes:
            if at == file:
                changes.setdefault(number, []).append(operation)
    return new if _is_meant(data, new, changes) else None


def _written(text: str, edits: Iterable[Edit]) -> str:
    """The text after sorted edits; new lines end as the one that they follow."""
    lines = text.split("\n")
    starts = [0]
    for ended in lines:
        starts.append(starts[-1] + len(ended) + 1)
    parts: list[str] = []
    done = 0
    for _, line, column, last, end_column, new in edits:
        start = min(starts[line - 1] + column - 1, len(text))
        end = min(starts[last - 1] + end_column - 1, len(text))
        above = lines[max(line - 2, 0)]
        parts += text[done:start], new.replace("\n", "\r\n") if above.endswith("\r") else new
        done = end
    return "".join(parts) + text[done:]


def _is_meant(before: bytes, after: bytes, changes: dict[int, list[Any]]) -> bool:
    """Whether the documents of a file are what they were, but for the *changes* by their number."""
    old, new = split(before), split(after)
    if len(old) != len(new):
        return False
    for number, (one, other) in enumerate(zip(old, new, strict=True)):
        operations = changes.get(number)
        if operations is None:
            if one.text != other.text:
                return False
            continue
        try:
            wanted = changed(load(one.text)[0], operations)
            if other.fault is not None or not same(load(other.text)[0], wanted):
                return False
        except (LookupError, YamlFault):
            return False
    return True
