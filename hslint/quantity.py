"""How much a quantity is: `500m`, `1Gi`."""

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


def amount_of(value: object) -> int | None:
    """How much a quantity is, in billionths; None where it is none.

    Source: k8s.io/apimachinery pkg/api/resource: Quantity.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    unit = text.lstrip(_DIGITS)
    number = text.removesuffix(unit)
    if number and unit in _UNITS:  # as nearly always: no sign, no fraction, no exponent
        return int(number) * _UNITS[unit]
    unit = text.lstrip(_DIGITS + "+-.")
    exponent = 0
    if unit[:1] in ("e", "E") and unit[1:].lstrip("+-").isdecimal():
        exponent, number = int(unit[1:]), text[: len(text) - len(unit)]
        unit = ""
    else:
        number = text.removesuffix(unit)
    whole, _, rest = number.partition(".")
    digits = (whole + rest).lstrip("+-")
    if not text or unit not in _UNITS or abs(exponent) > 100 or (digits and not digits.isdecimal()):
        return None
    scale = _UNITS[unit] * int(10 ** max(exponent, 0))
    parts = int(10 ** (len(rest) - min(exponent, 0)))
    return -(-int(whole + rest if digits else 0) * scale // parts)  # `Gi` is 0
