"""What a text may not hold where libyaml alone is to read it."""

from __future__ import annotations


def is_ordinary(text: bytes) -> bool:
    """Whether libyaml reads the text as go-yaml does, or refuses it.

    It does not count aliases, and in places it takes what go-yaml does not.
    """
    return not (
        (b"*" in text and may_anchor(text))
        or b"\\/" in text
        or (b"!" in text and (text.endswith(b"!") or any(lone in text for lone in _LONE_TAGS)))
        or (b"%" in text and (text.startswith(b"%") or b"\n%" in text))
        or not (text.isascii() or text.find(b"\xef\xbb\xbf", 1) < 0)
    )


def may_anchor(text: bytes) -> bool:
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
