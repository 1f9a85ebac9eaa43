"""Objects that a config says live elsewhere: known by name, and by little else."""

from __future__ import annotations

from hslint.document import Document
from hslint.manifest import Manifest
from hslint.source import Source
from hslint.span import Span
from hslint.workload import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hslint.node import Path
    from hslint.settings import Settings


class External(Document):
    """What is known of such an object, as if it were written where the config names it."""

    __slots__ = ("_span",)

    def __init__(self, config: Source, value: dict[str, Any], line: int, column: int) -> None:
        super().__init__(config, 0, config.data)
        self._value = value
        self._span = Span(self.file, line, column, line, len(self.lines[line - 1]) + 1)

    def tells(self, path: Path) -> bool:
        """Whether the config says what stands at *path*: nothing else about the object is known."""
        value: Any = self._value
        for step in path:
            inner = value.get(step) if isinstance(value, dict) else None
            if inner is None and not isinstance(value, list):
                return False
            value = value[step] if inner is None else inner
        return path[:1] == ("spec",) or path[:2] == ("metadata", "labels")

    def span(self, path: Path, part: str = "") -> Span:  # noqa: ARG002  all in one place
        """Where the config names the object."""
        return self._span


def external_objects(settings: Settings) -> Iterator[Manifest]:
    """The objects that the config says live elsewhere; one without a namespace may be in any."""
    if not settings.external:
        return
    config = Source(settings.file, path=settings.file)
    for type_, name, namespace, ports, labels, line, column in settings.external:
        kind, _, group = type_.partition(".")
        version = f"{group}/v1" if group else "v1"
        value: dict[str, Any] = {"metadata": {"name": name}}
        if ports is not None:
            value["spec"] = {"ports": ports}
        if labels and type_ in KINDS and type_ != "Pod":
            value["spec"] = {"template": {"metadata": {"labels": labels}}}
        elif labels:
            value["metadata"]["labels"] = labels
        document = External(config, value, line, column)
        head = (None, version, kind, name, namespace or "")
        yield Manifest(document, head, settings.minor)
