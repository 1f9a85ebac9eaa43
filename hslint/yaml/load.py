"""One document's bytes to the plain value kubectl sees."""

from __future__ import annotations

from hslint.yaml import libyaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Value: TypeAlias = Any  # dict[str, Value] | list[Value] | str | int | float | bool | None


def load(text: bytes) -> tuple[Value, bool]:
    """The value of one document, and whether it is odd.

    Keys are strings, whole numbers that fit 64 bits are ints. A document is odd when only its text
    tells the whole story: repeated keys, keys that are no strings, merge keys.

    Raises YamlFault for whatever kubectl does not read.
    """
    if _is_shallow(text):
        if text.__class__ is not bytes:
            from hslint.yaml.jsons import load_json  # the only other class is JsonText

            return load_json(text)
        if not (b"&" in text and b"*" in text):
            try:
                return libyaml.compose(text), False
            except libyaml.Peculiar:
                pass
    from hslint.yaml.marks import read  # the careful reading

    root, is_odd = read(text)
    return root.value, is_odd


def _is_shallow(text: bytes) -> bool:
    return text.count(b"[") + text.count(b"{") < _FEW


_FEW = 200
