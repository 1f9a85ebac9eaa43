"""The notations of strings that the API server reads while it decodes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

#: Year, month, day, hour, minute and second of a time, and the hours and minutes of its offset.
_TIME: Final = r"(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))"


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
    """Whether *text* is a time of RFC 3339, ``2026-01-31T12:00:00Z``, as Go reads it.

    Go takes an hour of one digit, a comma before the fraction, and an offset of up to 24:60.
    (meta/v1: Time.UnmarshalJSON; Go's time.Parse.)
    """
    import re  # few manifests hold any
    from datetime import datetime

    found = re.fullmatch(_TIME, text, re.ASCII)
    if found is None:
        return False
    year, month, day, hour, minute, second, *offset = (int(part or 0) for part in found.groups())
    try:
        datetime(year or 2000, month, day, hour, minute, second)  # noqa: DTZ001  is it one at all?
    except ValueError:
        return False
    return offset[0] <= 24 and offset[1] <= 60
