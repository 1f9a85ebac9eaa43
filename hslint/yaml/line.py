"""One line of a plain document taken apart: what it begins, in which column, and with what value.

A line is remembered, since manifests repeat the same few thousand lines.
"""

from __future__ import annotations

from hslint.memory import Memory
from hslint.yaml.libyaml import Peculiar, compose
from hslint.yaml.scalars import memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    #: The kind of the line, its level, the level of the mapping that begins behind a dash (or 0),
    #: the key, and the value.
    Entry: TypeAlias = tuple[int, int, int, str | None, Any]

#: What stands behind a key or a dash: a plain scalar, which later lines may go on with; a value
#: that ends here; nothing; a block scalar; brackets; a quoted text that goes on.
PLAIN, WHOLE, OPEN, BLOCK, BRACKETS, QUOTED = range(6)
#: Lines without a key or a dash: a plain scalar; another value; nothing; what is not read.
TEXT, OWN, SKIP, ODD = range(6, 10)


def _entry(line: str) -> Entry:
    """One line taken apart.

    Levels tell collections apart: a mapping in column *c* has 4 *c*, a list 4 *c* + 2, so that each
    is above the one it stands in; a text in column *c* is a value of what has a level below its own
    4 *c* - 1.
    """
    bare = line.strip(" ")
    if not bare or bare[0] == "#":
        return SKIP, -4, 0, None, None
    column = line.index(bare)
    if bare == "-":
        return OPEN, 4 * column + 2, 0, None, None
    text = bare[2:].lstrip(" ") if bare.startswith("- ") else bare
    dash = len(bare) - len(text)
    try:
        key, rest = _cut(text)
        kind, value = _behind(rest)
        if key is None and not dash:
            kind = _ALONE[kind]
    except (Peculiar, ValueError, KeyError):  # ValueError: infinities
        kind = ODD
    if kind == ODD or "\t" in bare or column > _WIDE or (not column and bare.startswith(_MARKS)):
        return ODD, 4 * column - 1, 0, None, None
    if dash:
        return kind, 4 * column + 2, 0 if key is None else 4 * (column + dash), key, value
    return kind, 4 * column - (key is None), 0, key, value


#: Lines taken apart.
known: dict[str, Entry] = Memory(_entry, 30_000, 120)
#: Lines of more indentation are not read, so that no document can nest too deep: a column has room
#: for two levels, a mapping and its list.
_WIDE = 80
_MARKS = ("---", "...", "%")
_ALONE = {PLAIN: TEXT, WHOLE: OWN, BRACKETS: OWN}


def _cut(text: str) -> tuple[str | None, str]:
    """The key of a text, None where it has none, and what stands behind its colon."""
    if _may_be_plain(text):
        name, colon, rest = text.partition(": ")
        if not colon and name[-1] == ":":
            name, colon = name[:-1], ":"
        if not colon or " #" in name:
            return None, text
        key: Any = memory[name]
    elif text[0] in "\"'":
        end = text.find(text[0], 1) + 1
        if not end or text[end : end + 1] != ":" or text[end + 1 : end + 2] not in ("", " "):
            return None, text
        key, rest = text[1 : end - 1], text[end + 1 :]
        if "\\" in key and text[0] == '"':
            raise Peculiar
    else:
        return None, text
    if key.__class__ is not str or key == "<<" or key[-1:] == " " or len(key) > _LONG_KEY:
        raise Peculiar
    return key, rest.lstrip(" ")


#: The parsers give up on keys of 1,024 characters.
_LONG_KEY = 500


def _may_be_plain(text: str) -> bool:
    """Whether a scalar without quotes can begin like this."""
    return text[0] not in _INDICATORS or (text[0] in "-?:" and text[1:2] not in ("", " "))


_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"


def _behind(text: str) -> tuple[int, Any]:
    """The kind and the value of what stands behind a key or a dash."""
    if not text or text[0] == "#":
        return OPEN, None
    if _may_be_plain(text):
        plain, comment, _ = text.partition(" #")
        plain = plain.rstrip(" ")
        if ": " in plain or plain[-1] == ":":
            raise Peculiar
        return WHOLE if comment else PLAIN, memory[plain]
    if text[0] in "\"'":
        return _quoted(text)
    if text[0] in "[{":
        items: Any = {} if text == "{}" else _listed(text)
        return BRACKETS, composed(text) if items is None else items
    if text not in _HEADERS:
        raise Peculiar
    return BLOCK, text


def _quoted(text: str) -> tuple[int, str]:
    quote = text[0]
    end = closing(text[1:], quote) + 1
    if not end:
        return QUOTED, text
    rest = text[end + 1 :]
    if rest and (rest[0] != " " or rest.lstrip(" ")[0] != "#"):
        raise Peculiar
    if quote == '"' and "\\" in text:
        return WHOLE, composed(text)
    return WHOLE, unquoted(text[1:end], quote)


_HEADERS = frozenset(
    style + digit + end for style in "|>" for digit in ("", *"123456789") for end in ("", "-", "+")
)


def _listed(text: str) -> list[Any] | None:
    """The items of a list of simple scalars; None if it is, or may be, anything else.

    The first document need not load the C parser for these.
    """
    if text[0] != "[" or text[-1] != "]":
        return None
    items: list[Any] = []
    for part in text[1:-1].split(",") if text != "[]" else ():
        item = part.strip(" ")
        if item[:1].isalnum() and _ENDING.isdisjoint(item):
            items.append(memory[item])
        elif len(item) > 1 and item[0] == item[-1] in "\"'" and _QUOTES.isdisjoint(item[1:-1]):
            items.append(item[1:-1])
        else:
            return None
    return items


#: What may end a scalar in brackets, or mean something else in it.
_ENDING = frozenset("[]{}\"'\\:#?&*!")
_QUOTES = frozenset("\"'\\")


def composed(text: str) -> Any:
    """What is in brackets, or in quotes with escapes."""
    first = text[0]
    if "\\/" in text or (first != '"' and ("&" in text or "!" in text)):
        raise Peculiar
    value = compose(text.encode())
    if value.__class__ is not _CLASSES[first] or text.count("[") + text.count("{") > _DEEP:
        raise Peculiar
    return value


_CLASSES = {'"': str, "[": list, "{": dict}
_DEEP = 20


def closing(text: str, quote: str) -> int:
    """Where a text that began with *quote* ends; -1 where it does not."""
    if quote == "'":
        return text.replace("''", "  ").find("'")
    return text.replace("\\\\", "  ").replace('\\"', "  ").find('"')


def unquoted(text: str, quote: str) -> str:
    """What a text in quotes means; in double quotes, one without escapes."""
    return text.replace("''", "'") if quote == "'" else text


def fresh(value: Any) -> Any:
    """A copy of what stands in brackets: the remembered line keeps its own."""
    if value.__class__ is dict:
        return {key: fresh(item) for key, item in value.items()}
    return [fresh(item) for item in value] if value.__class__ is list else value
