"""The events of a document, from whichever parser reads it as kubectl does."""

from __future__ import annotations

from hslint.yaml import libyaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.yaml.event import Event


def events(text: bytes) -> list[Event]:
    """The events of the first document of *text*.

    Raises YamlFault for what kubectl's parser refuses.
    """
    if text.__class__ is not bytes:
        from hslint.yaml import jsons  # the only other class is JsonText

        return jsons.events(text)
    try:
        return libyaml.events(text)
    except libyaml.Peculiar:
        from hslint.yaml import pure  # slow, and only needed when libyaml says no

        return pure.events(text)
