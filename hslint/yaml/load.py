"""One document's bytes to the plain value kubectl sees."""

from __future__ import annotations

from hslint.yaml import libyaml, lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Value: TypeAlias = Any  # dict[str, Value] | list[Value] | str | int | float | bool | None


def load(text: bytes) -> tuple[Value, bool]:
    """The value of one document, and whether it is odd; the text is a chunk's.

    Keys are strings, whole numbers that fit 64 bits are ints. A document is odd when only its text
    tells the whole story: repeated keys, keys that are no strings, merge keys.

    Raises YamlFault for whatever kubectl does not read.
    """
    if text.__class__ is not bytes:
        from hslint.yaml.jsons import load_json  # the only other class is JsonText

        return load_json(text)
    try:
        return lines.read(text), False
    except libyaml.Peculiar:
        pass
    if _is_ordinary(text) or _turns_out_ordinary(text):
        try:
            return libyaml.compose(text), False
        except libyaml.Peculiar:
            pass
    from hslint.yaml.marks import read  # the careful reading

    root, is_odd = read(text)
    return root.value, is_odd


def _is_ordinary(text: bytes) -> bool:
    """Whether the fast reading cannot go wrong unnoticed.

    It does not count aliases, and in places libyaml takes what go-yaml does not.
    """
    return not (
        (b"*" in text and b"&" in text and _may_alias(text))
        or b"\\/" in text
        or (b"!" in text and (text.endswith(b"!") or any(lone in text for lone in _LONE_TAGS)))
        or (b"%" in text and (text.startswith(b"%") or b"\n%" in text))
        or not (text.isascii() or text.find(b"\xef\xbb\xbf", 1) < 0)
    )


def _turns_out_ordinary(text: bytes) -> bool:
    from hslint.yaml.events import is_plain  # about one document in a hundred

    return is_plain(text)


def _may_alias(text: bytes) -> bool:
    """Whether an ``&`` stands where an anchor could begin."""
    at = text.find(b"&")
    while at >= 0:
        if text[at + 1 : at + 2].isalnum() or text[at + 1] in b"-_":
            before = text[at - 1 : at]
            if before in _BEFORE_ANCHOR or not before.isascii():
                return True
        at = text.find(b"&", at + 1)
    return False


_BEFORE_ANCHOR = (b"", *(bytes([byte]) for byte in b" \t\r\n[{,:?"))
#: A `!` that is a tag of its own, which libyaml does not tell.
_LONE_TAGS = (b"! ", b"!\n", b"!\t", b"!\r", b"!\xc2\x85", b"!\xe2\x80")
