"""Objects that a config says live elsewhere: known by name, and by little else."""

from __future__ import annotations

from hslint.controllers import KINDS
from hslint.document import Document
from hslint.manifest import Manifest
from hslint.source import Source
from hslint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hslint.node import Path
    from hslint.settings import Settings

#: What a config can tell of such an object: ports, and the labels of pods or of the object itself.
_TOLD = (("spec", "ports"), ("spec", "template", "metadata", "labels"), ("metadata", "labels"))


class External(Document):
    """What is known of such an object, as if it were written where the config names it."""

    __slots__ = ("_span",)
    is_elsewhere = True

    def __init__(self, config: Source, value: dict[str, Any], line: int, column: int) -> None:
        super().__init__(config, 0, config.data)
        self._value = value
        end = len(self.lines[line - 1]) + 1
        self._span = Span(self.file, line, column, line, max(end, column + 1))

    def tells(self, path: Path) -> bool:
        """Whether the config says what stands at *path*: nothing else about the object is known."""
        told = next((told for told in _TOLD if path[: len(told)] == told), ())
        value = self._value
        for step in told:
            value = value.get(step, {})
        return bool(told and value)

    def span(self, path: Path, part: str = "") -> Span:  # noqa: ARG002  all in one place
        """Where the config names the object."""
        return self._span


def external_objects(settings: Settings) -> Iterator[Manifest]:
    """The objects that the config says live elsewhere; one without a namespace may be in any.

    A Service has endpoints of its own, whatever pods there are; and where its ports are not known,
    it is like an ExternalName, which has any.
    """
    if not settings.external:
        return
    config = Source(settings.file, path=settings.file)
    for type_, name, namespace, ports, labels, line, column in settings.external:
        kind, _, group = type_.partition(".")
        version = f"{group}/v1" if group else "v1"
        metadata: dict[str, Any] = {"name": name}
        value: dict[str, Any] = {"metadata": metadata}
        kinds = [kind]
        if labels and type_ in KINDS and type_ != "Pod":
            value["spec"] = {"template": {"metadata": {"labels": labels}}}
        elif labels:
            metadata["labels"] = labels
        if type_ == "Service":
            value["spec"] = {"type": "ExternalName"} if ports is None else {"ports": ports}
            kinds.append("Endpoints")
        document = External(config, value, line, column)
        for each in kinds:
            yield Manifest(document, (None, version, each, name, namespace or ""), settings.minor)
