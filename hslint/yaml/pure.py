"""The events of a document from a parser in Python: the last judge, and the only one without libyaml."""

from __future__ import annotations

from yaml import YAMLError
from yaml import events as kinds
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from hslint.yaml.event import ALIAS, END, MAPPING, SCALAR, SEQUENCE, Event
from hslint.yaml.fault import YamlFault


class _Parser(Reader, Scanner, Parser):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def events(text: bytes) -> list[Event]:
    found: list[Event] = []
    try:
        parser = _Parser(text.decode())
        while (event := parser.get_event()) is not None:
            if isinstance(event, kinds.DocumentEndEvent):
                break
            if isinstance(event, kinds.ScalarEvent):
                found.append(Event(SCALAR, event.start_mark, event.end_mark, event.anchor, event.tag, event.value, event.style or ""))
            elif isinstance(event, kinds.AliasEvent):
                found.append(Event(ALIAS, event.start_mark, event.end_mark, event.anchor))
            elif isinstance(event, kinds.CollectionStartEvent):
                kind = SEQUENCE if isinstance(event, kinds.SequenceStartEvent) else MAPPING
                found.append(Event(kind, event.start_mark, event.end_mark, event.anchor, event.tag, style="{" if event.flow_style else ""))
            elif isinstance(event, kinds.CollectionEndEvent):
                found.append(Event(END, event.start_mark, event.end_mark))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlFault(mark.line if mark else 0, mark.column if mark else 0, "syntax", getattr(error, "problem", None) or str(error)) from error
    return found
