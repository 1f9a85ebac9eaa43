"""Where each value of an ordinary document is written, as libyaml tells it."""

from __future__ import annotations

from hslint.yaml.event import DEEPEST
from hslint.yaml.libyaml import Peculiar, levels, made, refuse_question
from hslint.yaml.mark import Mark
from hslint.yaml.ordinary import is_ordinary, may_anchor
from hslint.yaml.scalars import memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hslint.yaml.event import Place


def marks(text: bytes) -> Mark:
    """The positioned tree of the only document of *text*.

    Raises Peculiar for whatever needs the careful reading: what ``libyaml.compose`` refuses, tags,
    anchors, no document at all, and ends of lines that editors do not count.
    """
    if text.__class__ is not bytes or not is_ordinary(text) or may_anchor(text):
        raise Peculiar
    try:
        source = text.decode()
    except UnicodeDecodeError as error:
        raise Peculiar from error
    if any(end in source for end in "\r\x85\u2028\u2029\ufeff"):
        raise Peculiar
    tree = _Tree()
    root = made(text, tree.scalar, tree.mapping, tree.sequence)
    if root is None:
        raise Peculiar
    if tree.blocks:
        lines = source.split("\n")
        for mark in tree.blocks:
            line, column = mark.start
            header = lines[line][column:]
            mark.end = line, column + len(header) - len(header.lstrip("|>+-0123456789"))
    found: Mark = root
    return found


class _Tree:
    """What is known while libyaml reads: where it is, and the block scalars it has seen."""

    __slots__ = ("blocks", "end")

    def __init__(self) -> None:
        self.blocks: list[Mark] = []
        self.end = (0, 0)

    def scalar(self, tag: object, text: str, start: Place, end: Place, style: str) -> Mark:
        if tag.__class__ is str:  # a tag that is written
            raise Peculiar
        self.end = end.line, end.column
        mark = Mark((start.line, start.column), self.end)
        mark.text = text
        if style:
            mark.value = text
            if style in "|>":
                self.blocks.append(mark)
        else:
            mark.plain = True
            mark.value = memory[text]
        return mark

    def mapping(self, tag: object, entries: Any, start: Place, _end: object, flow: object) -> Mark:
        return _Mapping(self, tag, entries, start, flow)

    def sequence(self, tag: object, items: Any, start: Place, _end: object, flow: object) -> Mark:
        return _Sequence(self, tag, items, start, flow)


class _Collection(Mark):
    """A collection; the last thing the parser does is to set its end."""

    __slots__ = ("_flow", "_parts", "_tree")

    def __init__(self, tree: _Tree, tag: object, parts: Any, start: Place, flow: object) -> None:
        super().__init__((start.line, start.column), (0, 0))
        self._tree = tree
        self._parts = parts
        self._flow = flow
        levels.append(None)
        if tag.__class__ is str or len(levels) > DEEPEST:
            raise Peculiar

    @property
    def end_mark(self) -> None:
        """Never asked for."""

    @end_mark.setter
    def end_mark(self, end: Place) -> None:
        levels.pop()
        tree = self._tree
        if self._flow:
            tree.end = end.line, end.column
        self.end = tree.end  # without brackets, it ends with its last value
        self._fill()
        del self._tree, self._parts, self._flow

    def _fill(self) -> None:
        raise NotImplementedError


class _Mapping(_Collection):
    __slots__ = ()

    def _fill(self) -> None:
        entries = self._parts
        children: dict[str, Mark] = {}
        for key, mark in entries:
            if key.text is None:
                raise Peculiar
            mark.key = key
            children[key.value] = mark
            key.value = None  # only what is no key has a value
        self.children = children
        self.value = value = {key: mark.value for key, mark in children.items()}
        if len(value) != len(entries) or {*map(type, value)} - {str} or "<<" in value:
            raise Peculiar
        if self._flow:
            refuse_question([*value, *value.values()])


class _Sequence(_Collection):
    __slots__ = ()

    def _fill(self) -> None:
        self.children = self._parts
        self.value = [mark.value for mark in self._parts]
        if self._flow:
            refuse_question(self.value)
