"""PyYAML's C parser, used for plain values and for events, and loaded without the rest of PyYAML.

Two liberties are taken with the extension module ``yaml._yaml``, and both end here.

- It imports all of PyYAML (17 ms) only for the classes of what it makes. While it loads, empty
  stand-ins lie where those modules would be (0.5 ms).
- It makes whatever its globals name as node and event classes. While it parses, they name ours,
  which take the plain value instead of a node; afterwards they name PyYAML's again.

Nothing here decides what is right: what is out of the ordinary raises, and the caller reads the
text again with care.
"""

from __future__ import annotations

import sys
from _operator import is_

from hslint.yaml.event import ALIAS, DEEPEST, END, LAST, MAPPING, SCALAR, SEQUENCE, Event, Events
from hslint.yaml.scalars import memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any
else:
    ModuleType = type(sys)


class Peculiar(Exception):  # noqa: N818  not an error, a reason to look again
    """The text may mean something else to kubectl than to libyaml, or needs a second look."""


class _Problem(Exception):  # noqa: N818  in the place of PyYAML's exceptions
    """What the C parser raises when it was loaded without PyYAML."""


class _Mapping:
    """A mapping while its entries are read; the last thing the parser does is to set its end."""

    __slots__ = ("entries", "flow", "value")

    def __init__(
        self,
        _tag: object,
        entries: list[tuple[Any, Any]],
        _start: object,
        _end: object,
        flow: object,
    ) -> None:
        self.entries = entries
        self.flow = flow
        levels.append(None)
        if len(levels) > DEEPEST:
            raise Peculiar

    @property
    def end_mark(self) -> None:
        """Never asked for."""

    @end_mark.setter
    def end_mark(self, _mark: object) -> None:
        levels.pop()
        entries = self.entries
        if not entries:
            self.value: dict[str, Any] = {}
            return
        self.value = value = {
            key: item.value if item.__class__ in _COLLECTIONS else item for key, item in entries
        }
        if len(value) != len(entries) or {*map(type, value)} != _STRINGS or "<<" in value:
            raise Peculiar
        if self.flow:
            refuse_question([*value, *value.values()])


class _Sequence:
    """A list while its items are read."""

    __slots__ = ("flow", "items", "value")

    def __init__(
        self, _tag: object, items: list[Any], _start: object, _end: object, flow: object
    ) -> None:
        self.items = items
        self.flow = flow
        levels.append(None)
        if len(levels) > DEEPEST:
            raise Peculiar

    @property
    def end_mark(self) -> None:
        """Never asked for."""

    @end_mark.setter
    def end_mark(self, _mark: object) -> None:
        levels.pop()
        self.value = [item.value if item.__class__ in _COLLECTIONS else item for item in self.items]
        if self.flow:
            refuse_question(self.value)


def refuse_question(values: list[Any]) -> None:
    """In brackets, a ``?`` ends a scalar for go-yaml, but not for libyaml."""
    for value in values:
        if value.__class__ is str and "?" in value:
            raise Peculiar


#: One for each collection that is open: the parser calls itself for every level of nesting.
levels: list[None] = []
_COLLECTIONS: set[Any] = {_Mapping, _Sequence}
_STRINGS = {str}


def _scalar(tag: object, text: str, _start: object, _end: object, style: str) -> Any:
    if tag.__class__ is str:  # a tag that is written; else it is what `resolve` gave
        raise Peculiar
    return text if style else memory[text]


class _Reader:
    """The extension module with a parser class of ours, loaded on first use."""

    __slots__ = ("extension", "parser")

    def __init__(self, extension: Any) -> None:
        class Parser(extension.CParser):  # type: ignore[misc]
            # Called for every node, and of no use here but that they must not give a string. What
            # is written in C costs the least.
            resolve = slice
            descend_resolver = staticmethod(is_)
            ascend_resolver = int

        self.extension = extension
        self.parser = Parser


_EVENTS = {
    "ScalarEvent": lambda anchor, tag, _implicit, text, start, end, style: Event(
        SCALAR, start, end, anchor, tag, text, style or ""
    ),
    "AliasEvent": lambda anchor, start, end: Event(ALIAS, start, end, anchor),
    "SequenceStartEvent": lambda anchor, tag, _implicit, start, end, flow: Event(
        SEQUENCE, start, end, anchor, tag, style="{" if flow else ""
    ),
    "MappingStartEvent": lambda anchor, tag, _implicit, start, end, flow: Event(
        MAPPING, start, end, anchor, tag, style="{" if flow else ""
    ),
    "SequenceEndEvent": lambda start, end: Event(END, start, end),
    "MappingEndEvent": lambda start, end: Event(END, start, end),
    "StreamStartEvent": lambda *_: None,
    "DocumentStartEvent": lambda *_: None,
    "DocumentEndEvent": lambda start, end, _explicit: Event(LAST, start, end),
    "StreamEndEvent": lambda start, end: Event(LAST, start, end),
}
_reader: _Reader | None = None


def _find() -> _Reader | None:
    global _reader  # noqa: PLW0603  loading once is the point
    if _reader is None:
        extension = _load()
        if extension is not None:
            _reader = _Reader(extension)
    return _reader


def compose(text: bytes) -> Any:
    """The value of the first document of the text, if nothing about it is peculiar.

    Raises Peculiar for what libyaml refuses, and for tags, aliases to a value being read, repeated
    keys, keys that are no strings, ``<<`` and values that JSON cannot hold.
    """
    root = made(text, _scalar, _Mapping, _Sequence)
    return root.value if root.__class__ in _COLLECTIONS else root


def made(text: bytes, scalar: Any, mapping: Any, sequence: Any) -> Any:
    """What the callables, in place of PyYAML's node classes, make of the only document of the text.

    None without a document. Raises Peculiar where libyaml or one of them refuses.
    """
    reader = _reader or _find()
    if reader is None:
        raise Peculiar
    extension = reader.extension
    levels.clear()
    theirs = extension.ScalarNode, extension.MappingNode, extension.SequenceNode
    extension.ScalarNode = scalar
    extension.MappingNode = mapping
    extension.SequenceNode = sequence
    try:
        parser = reader.parser(text)
        if not parser.check_node():
            return None
        root = parser.get_node()
        if parser.check_node():
            raise Peculiar
    except (extension.YAMLError, ValueError, AttributeError) as error:
        # AttributeError: to say that an anchor is taken, it asks a node for its place
        raise Peculiar from error
    finally:
        extension.ScalarNode, extension.MappingNode, extension.SequenceNode = theirs
    return root


def events(text: bytes) -> list[Event]:
    """The events of the first document of the text, up to and including its end.

    Raises Peculiar for what libyaml refuses.
    """
    reader = _reader or _find()
    if reader is None:
        raise Peculiar
    extension = reader.extension
    names = vars(extension)
    theirs = {name: names[name] for name in _EVENTS}
    names.update(_EVENTS)
    found = Events()
    try:
        parser = reader.parser(text)
        while not found or found[-1].kind is not LAST:
            event = parser.get_event()
            if event is not None:
                found.add(event)
    except extension.YAMLError as error:
        raise Peculiar from error
    finally:
        names.update(theirs)
    return found


def refuses(text: bytes) -> bool:
    """Whether libyaml, if it is there, takes the text for no YAML."""
    if (_reader or _find()) is None:
        return False
    try:
        events(text)
    except Peculiar:
        return True
    return False


def _load() -> Any:
    """The extension module; None where PyYAML was installed without it."""
    try:
        return _import() if "yaml" in sys.modules else _load_alone()
    except Exception:  # noqa: BLE001  a private door: whatever is behind it, there is the front door
        try:
            return _import()
        except ImportError:
            return None


def _import() -> Any:
    __import__("yaml._yaml")
    return sys.modules["yaml._yaml"]


class _StandIn(ModuleType):
    """A module of PyYAML while the extension loads."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Problem if name.endswith("Error") else tuple


class _Door(ModuleType):
    """Waits for PyYAML to be imported after all, and gives the extension PyYAML's own classes."""

    def __init__(self, extension: Any) -> None:
        super().__init__("yaml._yaml")
        self._extension = extension

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") or "yaml" not in sys.modules:
            raise AttributeError(name)
        extension: Any = self._extension
        package: Any = sys.modules["yaml"]
        modules = [vars(module) for key, module in sys.modules.items() if key.startswith("yaml.")]
        for known, value in vars(extension).items():
            if value is _Problem or value is tuple:
                home = next(names for names in modules if known in names)
                setattr(extension, known, home[known])
        extension.yaml = package
        package._yaml = extension  # noqa: SLF001  as an import would have done
        sys.modules["yaml._yaml"] = extension
        return getattr(extension, name)


def _load_alone() -> Any:
    importer: Any = sys.modules["_frozen_importlib_external"]
    spec = importer.PathFinder.find_spec("yaml")
    parts = "error reader scanner parser composer constructor emitter serializer representer"
    names = ["yaml", *(f"yaml.{part}" for part in (*parts.split(), "tokens", "events", "nodes"))]
    try:
        for name in names:
            sys.modules[name] = _StandIn(name)
            setattr(sys.modules["yaml"], name.rpartition(".")[2], sys.modules[name])
        sys.modules["yaml"].__path__ = spec.submodule_search_locations
        extension = _import()
    finally:
        for name in (*names, "yaml._yaml"):
            sys.modules.pop(name, None)
    sys.modules["yaml._yaml"] = _Door(extension)
    return extension
