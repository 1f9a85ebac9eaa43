"""What a scalar without quotes means to kubectl: go-yaml v2's rules, then the way through JSON.

Source: go.yaml.in/yaml/v2 resolve.go; sigs.k8s.io/yaml yaml.go: convertToJSONableObject.
"""

from __future__ import annotations

from sys import intern

from hslint.memory import Memory

INT64 = 1 << 63
UINT64 = 1 << 64

_WORDS: dict[str, str | float | bool | None] = {}
for _value, _words in (
    (True, "y Y yes Yes YES true True TRUE on On ON"),
    (False, "n N no No NO false False FALSE off Off OFF"),
    (None, "~ null Null NULL"),
    (float("inf"), ".inf .Inf .INF +.inf +.Inf +.INF"),
    (float("-inf"), "-.inf -.Inf -.INF"),
    (float("nan"), ".nan .NaN .NAN"),
):
    _WORDS.update(dict.fromkeys(_words.split(), _value))
_WORDS[""] = None

_PREFIXES = {"0x": 16, "0X": 16, "0o": 8, "0O": 8, "0b": 2, "0B": 2}


def native(text: str) -> str | int | float | bool | None:
    """The value Go holds for a plain scalar: ints reach 2**64-1, whole floats are still floats."""
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first in "0123456789+-":
        number = _number(text.replace("_", ""))
        return text if number is None else number
    if first == ".":
        point = _fraction(text)
        return text if point is None else point
    return text


def _number(text: str) -> int | float | None:
    """A number that starts with a digit or a sign, its underscores already dropped."""
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    if not digits.isascii():
        return None
    whole = _integer(digits)
    if whole is not None:
        if sign == "-" and whole <= INT64:
            return -whole
        if sign != "-" and whole < (INT64 if sign else UINT64):
            return whole
    if _is_decimal(digits):
        point = float(text)
        return None if point in _INFINITE else point
    return _signed_binary(text)


def _integer(digits: str) -> int | None:
    """strconv.ParseUint with base 0, without its limit to 64 bits."""
    if digits.isdigit():
        if digits[0] != "0":
            return int(digits) if len(digits) <= 20 else None  # 2**64 has 20 digits
        return int(digits, 8) if "8" not in digits and "9" not in digits else None
    base = _PREFIXES.get(digits[:2])
    if base is None or not digits[2:].isalnum():
        return None
    try:
        return int("00" + digits[2:], base)  # zeros keep Python from reading a prefix again
    except ValueError:
        return None


def _is_decimal(digits: str) -> bool:
    r"""Whether the text is ``(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`` as a whole."""
    mantissa, marker, exponent = digits.replace("E", "e").partition("e")
    before, point, after = mantissa.partition(".")
    if marker:
        exponent = exponent[1:] if exponent[:1] in ("+", "-") else exponent
        if not exponent.isdigit():
            return False
    if before:
        return before.isdigit() and (not after or after.isdigit())
    return bool(point) and after.isdigit()


def _signed_binary(text: str) -> int | None:
    """``0b-101``: go-yaml reads the sign behind the prefix too."""
    if not text.startswith("0b") or text[2:3] not in ("+", "-"):
        return None
    bits = text[3:]
    if not bits or bits.strip("01"):
        return None
    whole = int(bits, 2)
    if text[2] == "-":
        return -whole if whole <= INT64 else None
    return whole if whole < INT64 else None


def _fraction(text: str) -> float | None:
    """A number that starts with a point: Go's ParseFloat, underscores between digits allowed."""
    if not text[1:2].isdigit() or not text.isascii() or text.strip("0123456789._eE+-"):
        return None
    try:
        point = float(text)
    except ValueError:
        return None
    return None if point in _INFINITE else point


_INFINITE = (float("inf"), float("-inf"))


def as_json(value: str | float | bool | None) -> str | int | float | bool | None:  # noqa: FBT001
    """What is left of a value after JSON: an int if it is whole and fits 64 bits, else a float.

    Raises ValueError for infinities and NaN, which JSON cannot hold.
    """
    kind = value.__class__
    if kind is int:
        assert isinstance(value, int)
        return value if -INT64 <= value < INT64 else float(value)
    if kind is float:
        assert isinstance(value, float)
        if value != value or value in _INFINITE:  # noqa: PLR0124  NaN
            raise ValueError(value)
        return _whole(value) if value.is_integer() else value
    return value


def _whole(value: float) -> int | float:
    """Go writes the shortest digits of a float, padded with zeros; that text is then an integer."""
    if abs(value) < 1e15:  # written out exactly
        return int(value)
    mantissa, _, exponent = repr(value).partition("e+")
    if not exponent:
        return int(mantissa.partition(".")[0])
    if int(exponent) > 18:  # beyond 64 bits
        return value
    whole, _, rest = mantissa.partition(".")
    number = int(whole + rest.ljust(int(exponent), "0"))
    return number if -INT64 <= number < INT64 else value


def _meaning(text: str) -> str | int | float | bool | None:
    """The value kubectl sees for a plain scalar.

    Raises ValueError for infinities and NaN, which JSON cannot hold.
    """
    if text[:1].isalpha() and text not in _WORDS:  # as most are
        return intern(text)
    return as_json(native(text))


#: Plain scalars by their text; manifests repeat the same few thousand.
memory: dict[str, str | int | float | bool | None] = Memory(_meaning, 60_000, 64)
