"""The notations of strings that the API server reads while it decodes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

SUFFIXES: Final = frozenset(
    (*("n", "u", "m", "k", "M", "G", "T", "P", "E"), *("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"))
)


def is_base64(text: str) -> bool:
    """Whether *text* decodes as Go's encoding/json decodes a []byte: padded, line breaks free."""
    from binascii import a2b_base64  # only Secrets, and few others, hold any

    try:
        a2b_base64(text.replace("\n", "").replace("\r", ""), strict_mode=True)
    except ValueError:
        return False
    return True


def is_quantity(text: str) -> bool:
    """Whether *text* is a quantity: a number, then a suffix or an exponent.

    k8s.io/apimachinery/pkg/api/resource: ParseQuantity, after Quantity.UnmarshalJSON trims spaces.
    """
    text = text.strip()
    number = text[1:] if text[:1] in ("+", "-") else text
    rest = number.lstrip("0123456789.")
    digits = number[: len(number) - len(rest)]
    if not digits.replace(".", "", 1).isdigit():
        return False
    if not rest or rest in SUFFIXES:
        return True
    exponent = rest[1:]
    exponent = exponent[1:] if exponent[:1] in ("+", "-") else exponent
    return rest[0] in "eE" and exponent.isascii() and exponent.isdigit()
