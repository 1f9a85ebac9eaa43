"""A fix worked out as edits of its documents' texts, which touch no more than they must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.change import changed, same
from hslint.fix import ADD, REMOVE, RENAME, SWAP
from hslint.placeholder import has_placeholder
from hslint.repair import Repair
from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load
from hslint.yaml.places import Places
from hslint.yaml.write import written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    from hslint.document import Document
    from hslint.fix import Fix, Operation
    from hslint.repair import Edit
    from hslint.yaml.mark import Mark

    #: Where the replaced text of a document begins and ends, and the new text.
    Cut: TypeAlias = tuple[int, int, str]


class UnfitError(Exception):
    """A fix that cannot be made in this text; says why."""


def repairs(fixes: Sequence[Fix]) -> list[Repair]:
    """What each of the *fixes* writes; no edits where it would change more than it is meant to.

    They are worked out together, so that a document with many of them is not read for each.
    """
    texts: dict[int, _Text] = {}
    tried = [_Try(fix, texts) for fix in fixes]
    _prove([each for each in tried if not each.why])
    return [each.repair() for each in tried]


class _Try:
    """A fix, the cuts that it makes in each document, and why it cannot be made, if so."""

    def __init__(self, fix: Fix, texts: dict[int, _Text]) -> None:
        self.fix = fix
        self.why = ""
        self.parts: dict[int, tuple[_Text, list[Cut], list[Operation]]] = {}
        self.changes: list[Any] = []
        for action, node, *told in fix.operations:
            operation = (action, node.path, *told)
            self.changes.append((node.document.file, node.document.number, operation))
            if self.why:
                continue
            try:
                text = texts.get(id(node.document)) or _Text(node.document)
                texts[id(node.document)] = text
                _, cuts, operations = self.parts.setdefault(id(node.document), (text, [], []))
                cuts += text.cuts(*operation)
                operations.append(operation)
            except UnfitError as why:
                self.why = str(why)
            except (YamlFault, LookupError, RecursionError, ValueError):
                self.why = _MORE

    def repair(self) -> Repair:
        """The edits, if there is nothing against them."""
        parts = () if self.why else self.parts.values()
        edits = tuple(text.edit(cut) for text, cuts, _ in parts for cut in sorted(cuts))
        return Repair(self.fix.title, edits, tuple(self.changes), self.why, safe=self.fix.safe)


_MORE = "more than this value would change"


def _prove(tried: list[_Try]) -> None:
    """Read the documents again with all the fixes at once; where that fails, with half of them."""
    if not tried or _is_meant(tried):
        return
    if len(tried) == 1:
        tried[0].why = _MORE
        return
    half = len(tried) // 2
    _prove(tried[:half])
    _prove(tried[half:])


def _is_meant(tried: list[_Try]) -> bool:
    """Whether all of them together change just what they are meant to."""
    documents: dict[int, tuple[_Text, list[Cut], list[Operation]]] = {}
    for each in tried:
        for key, (text, cuts, operations) in each.parts.items():
            _, all_cuts, all_operations = documents.setdefault(key, (text, [], []))
            all_cuts += cuts
            all_operations += operations
    try:
        return all(text.says(cuts, operations) for text, cuts, operations in documents.values())
    except (YamlFault, LookupError, RecursionError, ValueError):
        return False


class _Text:
    """The text of a document, to be cut."""

    def __init__(self, document: Document) -> None:
        self.source = document.source.decode(errors="replace")
        if "\ufffd" in self.source:
            message = "a character of the document cannot be read"
            raise UnfitError(message)
        self._document = document
        self._is_json = type(document.source) is not bytes
        self._places = Places(self.source)

    def says(self, cuts: list[Cut], operations: list[Operation]) -> bool:
        """Whether the text with *cuts* holds just what *operations* make of its value."""
        parts: list[str] = []
        done = 0
        for start, end, new in sorted(cuts):
            if start < done:
                return False
            parts += self.source[done:start], new
            done = end
        after = "".join(parts) + self.source[done:]
        kind = type(self._document.source)
        wanted = changed(load(self._document.source)[0], operations)
        return same(load(kind(after.encode()))[0], wanted)

    def edit(self, cut: Cut) -> Edit:
        """A cut in the units of a span."""
        start, end, new = cut
        (line, column), (last, end_column) = self._places.at(start), self._places.at(end)
        first = self._document.line + 1
        return self._document.file, first + line, column + 1, first + last, end_column + 1, new

    def cuts(self, action: str, path: tuple[str | int, ...], *told: Any) -> list[Cut]:
        """The cuts that an operation makes. Raises UnfitError."""
        mark = self._mark(path)
        if action == ADD:
            return [self._add(mark, *told)]
        if action == REMOVE:
            _refuse_placeholder(mark.value)
            return self._remove(mark, self._mark(path[:-1]))
        if action == RENAME:
            if mark.key is None:
                message = "it has no key"
                raise UnfitError(message)
            _refuse_placeholder(path[-1])
            return [self._write(mark.key, told[0])]
        _refuse_placeholder(mark.value)
        if action == SWAP:
            return [self._swap(mark, *told)]
        return [self._write(mark, told[0])]

    def _mark(self, path: tuple[str | int, ...]) -> Mark:
        mark = self._document.mark(path)
        if mark is None:
            message = "it is not written here"
            raise UnfitError(message)
        if self._starts(mark, "*"):
            message = "an alias stands for it"
            raise UnfitError(message)
        return mark

    def _starts(self, mark: Mark, sign: str) -> bool:
        return self.source.startswith(sign, self._places.index(mark.start))

    def _range(self, mark: Mark) -> tuple[int, int]:
        return self._places.index(mark.start), self._places.index(mark.end)

    def _scalar(self, value: object, quote: str = "") -> str:
        return written(value, '"' if self._is_json else quote)

    def _write(self, mark: Mark, value: object) -> Cut:
        start, end = self._range(mark)
        head = self.source[start : start + 1]
        if mark.children is not None or (head in ("|", ">") and end > start):
            message = "it takes several lines"
            raise UnfitError(message)
        space = "" if end > start or self.source[start - 1].isspace() else " "
        return start, end, space + self._scalar(value, head if head in ("'", '"') else "")

    def _swap(self, mark: Mark, at: int, old: str, new: str) -> Cut:
        """The same occurrence in the text as in the value: words are kept whole."""
        start, end = self._range(mark)
        if self.source[start : start + 1] in ("|", ">"):
            end = self._end_of_block(mark)
        value = mark.text or ""
        if value.count(old) != self.source.count(old, start, end):
            message = "the text is not written as it is read"
            raise UnfitError(message)
        for _ in range(value.count(old, 0, at) + 1):
            start = self.source.index(old, start) + len(old)
        return start - len(old), start, new

    def _end_of_block(self, mark: Mark) -> int:
        """Where a block scalar ends: before the first line that is less indented than its first."""
        lines = self._document.lines
        number = mark.start[0] + 1
        indent = None
        while number < len(lines):
            bare = lines[number].lstrip(" ")
            if bare.strip():
                width = len(lines[number]) - len(bare)
                indent = width if indent is None else indent
                if width < indent or not indent:
                    break
            number += 1
        return self._line(number)

    def _add(self, mapping: Mark, key: str, value: object) -> Cut:
        children = mapping.children
        if not isinstance(children, dict):
            message = "there is no mapping to add it to"
            raise UnfitError(message)
        entry = f"{self._scalar(key)}: {self._scalar(value)}"
        start = self._places.index(mapping.start)
        keys = sorted(child.key.start for child in children.values())
        if self._starts(mapping, "{"):
            if not keys:
                return start + 1, start + 1, entry
            first = self._places.index(keys[0])
            gap = self.source[start + 1 : first]
            _refuse_comment(gap)
            return first, first, f"{entry},{gap if gap.strip(' ') else ' '}"
        line, column = keys[0]
        if mapping.key is not None and not self._document.lines[line][:column].strip():
            below = self._places.index((mapping.key.start[0] + 1, 0))
            return below, below, f"{' ' * column}{entry}\n"
        first = self._places.index(keys[0])
        return first, first, f"{entry}\n{' ' * column}"

    def _remove(self, mark: Mark, mapping: Mark) -> list[Cut]:
        if mark.key is None or not isinstance(mapping.children, dict):
            message = "it is no entry of a mapping"
            raise UnfitError(message)
        entries = sorted(mapping.children.values(), key=lambda entry: entry.key.start)
        at = next(number for number, entry in enumerate(entries) if entry is mark)
        start = self._places.index(mark.key.start)
        if self._starts(mapping, "{"):
            return [self._remove_from_braces(entries, at)]
        line, column = mark.key.start
        is_first = bool(self._document.lines[line][:column].strip())
        if is_first and len(entries) > 1:  # the next one goes where it stands, behind the `-`
            end = self._places.index(entries[1].key.start)
            _refuse_comment(self.source[self._places.index(mark.end) : end])
            return [(start, end, "")]
        if is_first:
            return [(start, self._places.index(mark.end), "{}")]
        below = self._line_below(mark, column)
        cuts: list[Cut] = [(self._places.index((line, 0)), below, "")]
        if len(entries) == 1 and mapping.key is not None:
            colon = self.source.index(":", self._places.index(mapping.key.end)) + 1
            cuts.append((colon, colon, " {}"))
        return cuts

    def _remove_from_braces(self, entries: list[Mark], at: int) -> Cut:
        entry = entries[at]
        assert entry.key is not None
        start, end = self._places.index(entry.key.start), self._places.index(entry.end)
        if at:
            start = self._places.index(entries[at - 1].end)
        elif len(entries) > 1:
            following = entries[1].key
            assert following is not None
            end = self._places.index(following.start)
        _refuse_comment(self.source[start : self._places.index(entry.key.start)])
        _refuse_comment(self.source[self._places.index(entry.end) : end])
        return start, end, ""

    def _line_below(self, mark: Mark, column: int) -> int:
        """The start of the first line that is not a part of the entry that begins at *column*."""
        lines = self._document.lines
        last = self._last(mark).end[0]
        for number in range(last + 1, len(lines)):
            bare = lines[number].lstrip(" ")
            if bare.strip():
                if len(lines[number]) - len(bare) <= column:
                    break
                last = number
        return self._line(last + 1)

    def _last(self, mark: Mark) -> Mark:
        """What is written last in a value; of a block scalar only the header is marked."""
        while mark.children and not any(self._starts(mark, sign) for sign in "*{["):
            children = mark.children
            inner = list(children.values()) if isinstance(children, dict) else children
            mark = max(inner, key=lambda each: each.start)
        return mark

    def _line(self, number: int) -> int:
        """Where a line starts; the end of the text if there is none."""
        if number < len(self._document.lines):
            return self._places.index((number, 0))
        return len(self.source)


def _refuse_placeholder(value: Any) -> None:
    waiting = [value]
    for each in waiting:
        if isinstance(each, (dict, list)):
            waiting += [*each, *each.values()] if isinstance(each, dict) else each
        elif has_placeholder(each):
            message = "something else fills it in"
            raise UnfitError(message)


def _refuse_comment(text: str) -> None:
    if "#" in text:
        message = "a comment stands in between"
        raise UnfitError(message)
