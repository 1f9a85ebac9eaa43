"""The notations of strings that the API server reads while it decodes."""

from __future__ import annotations


def is_base64(text: str) -> bool:
    """Whether *text* decodes as Go's encoding/json decodes a []byte: padded, line breaks free."""
    from binascii import a2b_base64  # only Secrets, and few others, hold any

    text = text.replace("\n", "").replace("\r", "")
    try:
        a2b_base64(text, strict_mode=True)
    except ValueError:
        return False
    return len(text) % 4 == 0  # more padding than is due passes Python's decoder


def is_time(text: str) -> bool:
    """Whether *text* is a time of RFC 3339: ``2026-01-31T12:00:00Z`` (metav1.Time)."""
    from datetime import datetime  # few manifests hold any

    zone = text[-1:] == "Z" or (text[-6:-5] in ("+", "-") and text[-3:-2] == ":")
    if not zone or text[10:11] != "T" or not text.isascii() or text[16:17] != ":":
        return False
    seconds, _, fraction = text[: -1 if text[-1] == "Z" else -6].partition(".")
    try:
        datetime.fromisoformat(seconds)
    except ValueError:
        return False
    return len(seconds) == 19 and (not fraction or fraction.isdecimal())
