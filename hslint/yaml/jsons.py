"""JSON files: where one object ends, what it holds, and where each part of it is written.

Source: k8s.io/apimachinery pkg/util/yaml: YAMLOrJSONDecoder.Decode. A file whose first character is
``{`` is read as JSON until that fails; after at most one object, the rest is then read as YAML.
"""

from __future__ import annotations

import json
import re

from hslint.yaml.event import DEEPEST, END, LAST, MAPPING, SCALAR, SEQUENCE, Event, Events
from hslint.yaml.fault import YamlFault
from hslint.yaml.scalars import as_json
from hslint.yaml.split import SPACES, Chunk, split_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.yaml.load import Value


class JsonText(bytes):
    """The text of a chunk that kubectl reads as JSON, not as YAML."""

    __slots__ = ()


def split_json(data: bytes) -> list[Chunk]:
    """The documents of a normal file that begins with ``{``."""
    text = data.decode(errors="replace")
    data = text.encode()
    chunks: list[Chunk] = []
    end = line = 0
    while True:
        start = _behind_blanks(text, end)
        line += text.count("\n", end, start)
        if start == len(text):
            return chunks
        try:
            stop = _whole.raw_decode(text, start)[1]
        except (ValueError, RecursionError) as error:
            fault = _fault(error, text, start)
            break
        indent = start - (text.rfind("\n", 0, start) + 1)  # so that columns are those of the file
        chunks.append(Chunk(JsonText((" " * indent + text[start:stop]).encode()), line))
        line += text.count("\n", start, stop)
        end = stop
    rest = end
    while text[rest] in SPACES and len(text[rest : rest + 4].encode()) >= _LEAST:
        rest += 1
        if text[rest - 1] == "\n":
            break
    if len(chunks) > 1 or len(text[rest:].encode()) < _LEAST:
        chunks.append(Chunk(text[start:].encode(), line, fault))
        return chunks
    return chunks + split_yaml(data, len(text[:rest].encode()))


def _behind_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    return at


_LEAST = 4  # bytes that kubectl must see to change to YAML


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _fault(error: Exception, text: str, start: int) -> YamlFault:
    if not isinstance(error, json.JSONDecodeError):
        return YamlFault(0, 0, "syntax", f"this is not JSON: {error}")
    line = text.count("\n", start, error.pos)
    column = error.pos - max(text.rfind("\n", start, error.pos) + 1, start)
    return YamlFault(line, column, "syntax", f"this is not JSON: {error.msg}")


def load_json(text: bytes) -> tuple[Value, bool]:
    """The value of one document, and whether it repeats a key.

    Raises YamlFault for a number too large for a float.
    """
    repeats = False

    def build(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        nonlocal repeats
        value = dict(pairs)
        repeats = repeats or len(value) != len(pairs)
        return value

    decode = json.JSONDecoder(
        object_pairs_hook=build, parse_int=_number, parse_float=_number
    ).decode
    try:
        value = decode(text.decode())
    except ValueError as error:
        raise YamlFault(0, 0, "value", f"the number {error} is too large", "quote it") from error
    except RecursionError:
        pass  # said below
    if text.count(b"[") + text.count(b"{") > DEEPEST:
        events(text)  # refuses what nests too deep
    if b"\\ud" in text.lower():  # half a character stays where two do not make a whole one
        value = decode(_mend(json.dumps(value, ensure_ascii=False)))
    return value, repeats


def _mend(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _number(text: str) -> Value:
    is_int = len(text) <= _DIGITS and text.lstrip("-").isdigit()
    try:
        return as_json(int(text) if is_int else float(text))
    except ValueError as error:
        raise ValueError(text) from error


_DIGITS = 20
_whole = json.JSONDecoder(parse_constant=_refuse)


class _Place:
    __slots__ = ("column", "index", "line")

    def __init__(self, index: int, line: int, column: int) -> None:
        self.index = index
        self.line = line
        self.column = column


_TOKEN = re.compile(r'\n|[{}\[\]]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')
_OPENING = {"{": MAPPING, "[": SEQUENCE}


def events(text: bytes) -> list[Event]:
    """The events of a text known to be JSON."""
    found = Events()
    line = line_start = 0
    for match in _TOKEN.finditer(text.decode()):
        token = match[0]
        if token == "\n":
            line += 1
            line_start = match.end()
            continue
        start = _Place(match.start(), line, match.start() - line_start)
        end = _Place(match.end(), line, match.end() - line_start)
        if token in _OPENING:
            found.add(Event(_OPENING[token], start, end, style="{"))
        elif token in ("}", "]"):
            found.add(Event(END, start, end))
        elif token.startswith('"'):
            found.add(Event(SCALAR, start, end, text=_mend(json.loads(token)), style='"'))
        else:
            found.add(Event(SCALAR, start, end, text=token))
    found.add(Event(LAST, end, end))
    return found
