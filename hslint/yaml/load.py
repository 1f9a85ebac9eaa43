"""One document's bytes to the plain value kubectl sees."""

from __future__ import annotations

from hslint.yaml import libyaml, lines
from hslint.yaml.fault import YamlFault
from hslint.yaml.ordinary import is_ordinary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Value: TypeAlias = Any  # dict[str, Value] | list[Value] | str | int | float | bool | None


def has_template(text: bytes) -> bool:
    """Whether the text holds the marks of a template language: ``{{``, ``{%`` or ``<%``."""
    return b"{{" in text or b"{%" in text or b"<%" in text


def load(text: bytes, *, may_be_template: bool = False) -> tuple[Value, bool]:
    """The value of one document, and whether it is odd; the text is a chunk's.

    Keys are strings, whole numbers that fit 64 bits are ints. A document is odd when only its text
    tells the whole story: repeated keys, keys that are no strings, merge keys.

    Raises YamlFault for whatever kubectl does not read. Of what *may be a template*, and looks like
    one, it does not say where and why: then libyaml's word is enough.
    """
    if text.__class__ is not bytes:
        from hslint.yaml.jsons import load_json  # the only other class is JsonText

        return load_json(text)
    try:
        return lines.read(text), False
    except libyaml.Peculiar:
        pass
    if is_ordinary(text) or _turns_out_ordinary(text):
        try:
            return libyaml.compose(text), False
        except libyaml.Peculiar:
            pass
    if may_be_template and has_template(text) and libyaml.refuses(text):
        raise YamlFault(0, 0, "syntax", "this looks like a template that was not filled in")
    from hslint.yaml.marks import read  # the careful reading

    root, is_odd = read(text)
    return root.value, is_odd


def _turns_out_ordinary(text: bytes) -> bool:
    from hslint.yaml.events import is_plain  # about one document in a hundred

    return is_plain(text)
