"""What tags and unusual keys mean to kubectl; both are rare.

Source: go.yaml.in/yaml/v2 resolve.go: resolve; sigs.k8s.io/yaml yaml.go: convertToJSONableObject.
"""

from __future__ import annotations

import binascii
import re
import struct

from hslint.yaml.scalars import INT64, native

_LONG = "tag:yaml.org,2002:"
MERGE = _LONG + "merge"

_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:([Tt])(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))"
    r"|( )(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?",
    re.ASCII,
)


def tagged(tag: str, text: str) -> str | int | float | bool | None:
    """The value Go holds for a scalar with a tag.

    Raises ValueError, with the reason as its text, when the scalar is not what its tag says.
    """
    if tag == _LONG + "binary":
        return _binary(text)
    kind = tag.removeprefix(_LONG) if tag.startswith(_LONG) else ""
    if kind not in ("bool", "int", "float", "null", "timestamp"):
        return text
    if kind == "timestamp" and _is_timestamp(text):
        return text
    value = native(text)
    found = _KINDS[value.__class__]
    if found == kind:
        return value
    if kind == "float" and isinstance(value, int) and value < INT64:
        return float(value)
    message = f"`{text}` is not what the tag `!!{kind}` promises"
    raise ValueError(message)


_KINDS = {bool: "bool", int: "int", float: "float", type(None): "null", str: "str"}


def _binary(text: str) -> str:
    """Base64 as Go decodes it: line ends do not count, padding is required."""
    packed = text.replace("\n", "").replace("\r", "")
    try:
        data = binascii.a2b_base64(packed.encode("ascii"), strict_mode=True)
    except ValueError as error:
        message = "the text behind `!!binary` is not base64"
        raise ValueError(message) from error
    # Each byte that is no UTF-8 becomes one U+FFFD, as encoding/json writes it.
    return re.sub("[\udc80-\udcff]", "\ufffd", data.decode("utf-8", "surrogateescape"))


def _is_timestamp(text: str) -> bool:
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return False
    from datetime import datetime  # only behind a `!!timestamp`

    year, month, day, _, *zoned, zone, minutes, _, hour, minute, second = match.groups()
    if hour is None:
        hour, minute, second = (part or 0 for part in zoned)
    if zone and (int(zone) > 24 or int(minutes) >= 60):  # Go's limits
        return False
    try:
        date = max(int(year), 1), int(month), int(day)
        datetime(*date, int(hour), int(minute), int(second))  # noqa: DTZ001  only to validate
    except ValueError:
        return False
    return True


def key_text(value: str | float | bool | None) -> str:  # noqa: FBT001
    """The JSON key for the value of a key.

    Raises ValueError for null and for numbers beyond int64, which kubectl refuses.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float32(value)
    if value is None or value >= INT64:
        raise ValueError(value)
    return str(value)


def _float32(value: float) -> str:
    """strconv.FormatFloat(value, 'g', -1, 32): the shortest digits that name the same float32."""
    try:
        (single,) = struct.unpack("f", struct.pack("f", value))
    except OverflowError:
        single = float("inf") if value > 0 else float("-inf")
    if single != single:  # noqa: PLR0124  NaN
        return ".nan"
    if single in (float("inf"), float("-inf")):
        return ".inf" if single > 0 else "-.inf"
    for precision in range(1, 10):
        text = f"{single:.{precision - 1}e}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == single:
            break
    mantissa, _, exponent = text.partition("e")
    digits = mantissa.replace(".", "").replace("-", "")
    if -4 <= int(exponent) < 6:  # where Go changes to exponents
        return f"{single:.{max(len(digits) - 1 - int(exponent), 0)}f}"
    return f"{mantissa}e{exponent}"
