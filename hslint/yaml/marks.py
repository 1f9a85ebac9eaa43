"""Where each value of a document is written, and what it is: the careful reading behind ``load``.

Follows go.yaml.in/yaml/v2 decode.go and sigs.k8s.io/yaml yaml.go step by step.
"""

from __future__ import annotations

from hslint.yaml import quick
from hslint.yaml.event import ALIAS, DEEPEST, END, LAST, MAPPING, SCALAR, SEQUENCE, Event, too_deep
from hslint.yaml.events import events
from hslint.yaml.fault import YamlFault
from hslint.yaml.libyaml import Peculiar
from hslint.yaml.mark import Mark, Node
from hslint.yaml.places import Places, decode
from hslint.yaml.scalars import native
from hslint.yaml.tags import MERGE, key_text, tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def marks(text: bytes) -> Mark:
    """The positioned tree of the first document of *text*.

    Raises YamlFault for whatever kubectl does not read.
    """
    try:
        return quick.marks(text)
    except Peculiar:
        return read(text)[0]


def read(text: bytes) -> tuple[Mark, bool]:
    """The positioned tree, and whether it has keys that repeat, are no strings, or merge."""
    reading = _Reading(text)
    return reading.root, reading.odd


_BLANKS = " \t\r\n\x85\u2028\u2029"
_FEW, _MANY = 400_000, 4_000_000
_BLOCK = ("|", ">")


class _Reading:
    """One look at a document, event by event."""

    def __init__(self, text: bytes) -> None:
        self.source = decode(text)
        self.odd = False
        self.root: Mark = Mark((0, 0), (0, 0))
        self._places = Places(self.source)
        self._anchors: dict[str, Node] = {}
        self._decoded = 1
        self._aliased = 0
        self._end = (0, 0)  # of what was read so far
        self._events = iter(events(text))
        event = next(self._events)
        if event.kind is not LAST:
            root = self._node(event, 1)
            root.settle()
            self.root = root
            event = next(self._events)
        self._refuse_rest(event.end.index)

    def _refuse_rest(self, end: int) -> None:
        """Kubectl reads one document of a chunk, and says nothing of what comes after it."""
        for line in self.source[end:].splitlines(keepends=True):
            bare = line.strip()
            if bare and not bare.startswith("#") and bare not in ("...", "---"):
                start = self._places.at(end + len(line) - len(line.lstrip()))
                raise YamlFault(
                    *start,
                    "lost",
                    "kubectl silently drops everything from here on: the document ended before it",
                    "begin all keys of the document in the same column, or put `---` before it",
                )
            end += len(line)

    def _node(self, event: Event, depth: int) -> Node:
        """The node that begins with *event*."""
        node = Node(self._places.of(event.start), self._places.of(event.end))
        self._decoded += 1
        if self._aliased:
            self._weigh(node)
        if event.kind is ALIAS:
            self._alias(node, event, depth)
            return node
        is_tagged = event.tag is not None
        if is_tagged or event.anchor:
            node.start = self._content(event)
        if event.anchor:
            self._anchors[event.anchor] = node
        node.is_open = True
        if event.kind is SCALAR:
            self._scalar(node, event)
        elif event.kind is MAPPING:
            node.height = 1
            self._mapping(node, event, depth)
        else:
            node.height = 1
            self._sequence(node, event, depth)
        node.is_open = False
        return node

    def _content(self, event: Event) -> tuple[int, int]:
        """Where a node begins behind its anchor and its tag."""
        source, at = self.source + "\n", event.start.index
        while source[at] in "&!":
            while source[at] not in _BLANKS:
                at += 1
            while at < len(self.source) and source[at] in _BLANKS:
                at += 1
                if source[at] == "#":
                    at = source.index("\n", at)
        return self._places.at(min(at, len(self.source)))

    def _scalar(self, node: Node, event: Event) -> None:
        text, tag, style = event.text, event.tag, event.style
        self._end = node.end
        node.text = text
        node.plain = tag is None and not style
        node.is_merge = text == "<<" and (node.plain or tag in ("!", MERGE))
        if style in _BLOCK:
            node.end = self._header_end(node.start)
        if node.plain:
            node.native = native(text)
        elif tag is None:
            node.native = text
        else:
            try:
                node.native = tagged(tag, text)
            except ValueError as error:
                raise YamlFault(*node.start, "value", str(error)) from error

    def _header_end(self, start: tuple[int, int]) -> tuple[int, int]:
        """The end of a block scalar's header, which is all that is marked of it."""
        index = self._places.index(start)
        end = index
        while end < len(self.source) and self.source[end] in "|>+-0123456789":
            end += 1
        return self._places.at(end)

    def _alias(self, node: Node, event: Event, depth: int) -> None:
        self._end = node.end
        target = self._anchors.get(event.anchor or "")
        if target is None:
            raise YamlFault(
                *node.start,
                "syntax",
                f"the alias `*{event.anchor}` has no anchor `&{event.anchor}` before it",
                "quote the value if a `*` is meant",
            )
        if target.is_open:
            raise YamlFault(
                *node.start,
                "value",
                f"the anchor `&{event.anchor}` contains itself through this alias",
            )
        if depth - 1 + target.height > DEEPEST:
            raise too_deep(node.start)
        self._aliased += target.size
        self._decoded += target.size
        self._weigh(node)
        node.target = target.target
        node.text = target.text
        node.children = target.children
        node.native = target.native
        node.trouble = target.trouble
        node.size += target.size
        node.height = target.height

    def _weigh(self, node: Node) -> None:
        """The measure of go-yaml against alias bombs (decode.go: allowedAliasRatio)."""
        if self._aliased <= 100 or self._decoded <= 1000:
            return
        share = (self._decoded - _FEW) / (_MANY - _FEW)
        if self._aliased / self._decoded > 0.99 - 0.89 * min(max(share, 0), 1):
            raise YamlFault(
                *node.start,
                "bomb",
                "aliases here make the document many times larger than it is written",
                "write the values out, or nest fewer aliases",
            )

    def _sequence(self, node: Node, event: Event, depth: int) -> None:
        items: list[Node] = []
        node.children = items
        while (inner := next(self._events)).kind is not END:
            item = self._node(inner, depth + 1)
            node.add(item)
            items.append(item)
        self._close(node, event, inner)

    def _close(self, node: Node, event: Event, end: Event) -> None:
        """A collection in brackets ends with its bracket, any other with its last value."""
        if event.style:
            self._end = self._places.of(end.end)
        node.end = self._end

    def _mapping(self, node: Node, event: Event, depth: int) -> None:
        entries: dict[str, Node] = {}
        node.children = entries
        written: dict[str, Node] = {}
        while (inner := next(self._events)).kind is not END:
            decoded = self._decoded
            key = self._node(inner, depth + 1)
            if key.is_merge:
                self._decoded = decoded
                node.merged = [*node.merged, key]
                self.odd = True
                before = dict(entries)
                node.add(self._merge(node, entries, depth + 1))
                node.overruled = [
                    *node.overruled,
                    *(
                        (own, key)
                        for name, own in written.items()
                        if entries[name] is not before[name]
                    ),
                ]
                continue
            if key.children is not None:
                raise self._collection_as_key(key)
            value = self._node(next(self._events), depth + 1)
            value.key = key
            node.add(key)
            node.add(value)
            name = self._name(key, node)
            if name in written:
                self.odd = True
                node.repeated = [*node.repeated, (written[name], key)]
            written[name] = key
            entries[name] = value
        self._close(node, event, inner)

    def _collection_as_key(self, key: Node) -> YamlFault:
        if self.source.startswith("{", self._places.index(key.start) - 1):
            from hslint.yaml.hint import template_fault  # `{{ x }}` without quotes

            line, column = key.start
            return template_fault(line, column - 1)
        return YamlFault(*key.start, "value", "a mapping or list cannot be a key", "quote it")

    def _name(self, key: Node, node: Node) -> str:
        """The JSON key a key becomes."""
        if key.native.__class__ is str:
            name: str = key.native
            return name
        self.odd = True
        try:
            return key_text(key.native)
        except ValueError:
            what = "null" if key.native is None else f"the number {key.text}"
            node.trouble = YamlFault(*key.start, "value", f"{what} cannot be a key", "quote it")
            return str(key.text)

    def _merge(self, node: Node, entries: dict[str, Node], depth: int) -> Node:
        """Take over what stands behind ``<<``; in a list the first mapping wins."""
        event = next(self._events)
        source = self._node(event, depth)
        sources = [source]
        if event.kind is SEQUENCE:
            self._decoded -= 1
            source.size -= 1
            items: Any = source.children
            sources = list(reversed(items))
        for one in sources:
            if not isinstance(one.children, dict):
                raise YamlFault(
                    *one.start,
                    "value",
                    "only a mapping, or a list of mappings, can be merged with `<<`",
                )
            entries.update(one.children)
            node.trouble = node.trouble or one.trouble
        return source
