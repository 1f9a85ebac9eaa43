"""Quantities, such as `500m` and `1Gi`, and how much they are.

Source: k8s.io/apimachinery pkg/api/resource: Quantity.UnmarshalJSON, ParseQuantity.
"""

from __future__ import annotations

#: The unit that amounts are in: billionths, the least there are.
ONE = 10**9

_DIGITS = "0123456789"
_BINARY = ("Ki", "Mi", "Gi", "Ti", "Pi", "Ei")
#: How much one of each unit is.
_UNITS: dict[str, int] = {
    unit: 1000**power for power, unit in enumerate(("n", "u", "m", "", *"kMGTPE"))
}
_UNITS |= {unit: 1024**power * ONE for power, unit in enumerate(("", *_BINARY))}
#: More digits, or a larger exponent, are no amount of anything.
_LONGEST = 100


def is_quantity(text: str) -> bool:
    """Whether *text* is a quantity: a number, then a unit or an exponent.

    The number may lack digits (``Gi`` is 0), and spaces around it are free.
    """
    number, unit = _parts(text)
    return bool(number + unit) and number.count(".") < 2 and (unit in _UNITS or _is_exponent(unit))


def amount_of(value: object) -> int | None:
    """How much a quantity is, in billionths; None where it is none, or beyond all measure."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    if isinstance(value, int):
        return value * ONE
    text = str(value)
    number, unit = _parts(text)
    if len(number) > _LONGEST or len(unit) > len("e+100"):
        return None
    if number.isdecimal() and unit in _UNITS:  # as nearly always: no sign, fraction or exponent
        return int(number) * _UNITS[unit]
    exponent = int(unit[1:]) if _is_exponent(unit) else 0
    if not is_quantity(text) or abs(exponent) > _LONGEST:
        return None
    whole, _, rest = number.partition(".")
    digits = (whole + rest).strip("+-")
    amount = int(digits or 0) * _UNITS.get(unit, ONE) * int(10 ** max(exponent, 0))
    return -(amount * (1 if number[:1] == "-" else -1) // int(10 ** (len(rest) - min(exponent, 0))))


def _parts(text: str) -> tuple[str, str]:
    """The number with its sign, and what follows it."""
    text = text.strip(" ")
    unit = text[text[:1] in ("+", "-") :].lstrip(_DIGITS + ".")
    return text.removesuffix(unit), unit


def _is_exponent(unit: str) -> bool:
    digits = unit[2:] if unit[1:2] in ("+", "-") else unit[1:]
    return unit[:1] in ("e", "E") and digits.isascii() and digits.isdigit()
