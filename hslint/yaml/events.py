"""The events of a document, from whichever parser reads it as kubectl does."""

from __future__ import annotations

from hslint.yaml import libyaml
from hslint.yaml.event import ALIAS, END, SCALAR
from hslint.yaml.fault import YamlFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.yaml.event import Event


def events(text: bytes) -> list[Event]:
    """The events of the first document of *text*, up to and including its end.

    Raises YamlFault for what kubectl's parser refuses.
    """
    if text.__class__ is not bytes:
        from hslint.yaml import jsons  # the only other class is JsonText

        return jsons.events(text)
    try:
        found = libyaml.events(text)
        if not differs(text, found):
            return found
    except libyaml.Peculiar:
        pass
    from hslint.yaml import pure  # slow, and only needed when libyaml is no judge

    return pure.events(text)


def differs(text: bytes, found: list[Event]) -> bool:
    """Whether go-yaml may see something else than libyaml found."""
    if text.find(b"\xef\xbb\xbf", 1) > 0 or text.startswith(b"%") or b"\n%" in text:
        return True  # byte order marks inside the text; directives
    source = text.decode().removeprefix("\ufeff")
    brackets = 0
    for event in found:
        kind = event.kind
        if event.tag is not None:
            return True
        if kind is SCALAR:
            written = source[event.start.index : event.end.index]
            if _scalar_differs(event, written, brackets=brackets > 0):
                return True
        elif kind is END:
            brackets = max(brackets - 1, 0)
        elif kind is not ALIAS and (brackets or event.style):
            brackets += 1
    return False


def _scalar_differs(event: Event, written: str, *, brackets: bool) -> bool:
    """Whether go-yaml may see something else in a scalar, which may stand in brackets."""
    if written.startswith("!") or (written.startswith("&") and "!" in written):
        return True  # a lone `!`, which libyaml hides
    if event.style == '"':
        return "\\/" in written  # only libyaml knows this escape
    return brackets and not event.style and "?" in event.text  # ends a scalar for go-yaml


def is_plain(text: bytes) -> bool:
    """Whether libyaml reads the text as go-yaml does, and it has no aliases."""
    try:
        found = libyaml.events(text)
    except (libyaml.Peculiar, YamlFault):
        return False
    return not any(event.kind is ALIAS for event in found) and not differs(text, found)
