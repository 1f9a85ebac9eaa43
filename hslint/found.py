"""What is wrong with objects, by the field it is at."""

from __future__ import annotations

from hslint.contract import WARNING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hslint.finding import Finding, Place
    from hslint.manifest import Manifest


class Found:
    """The errors and warnings among findings; each is told as a sentence with its severity."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._at: dict[tuple[object, ...], list[tuple[str, Finding]]] = {}
        #: Those that show an object only to say why.
        self._shown: dict[tuple[object, ...], list[tuple[str, Finding]]] = {}
        self._told: set[int] = set()
        for finding in findings:
            if finding.severity >= WARNING:
                _note(self._at, finding.place, finding)
                for place in finding.related:
                    _note(self._shown, place, finding)

    def at(self, manifest: Manifest, fields: Iterable[str]) -> list[str]:
        """What is wrong at the fields of an object, or below them."""
        found = _below(self._at, manifest, fields)
        self._told.update(map(id, found))
        return _sentences(found)

    def shown_at(self, manifest: Manifest, fields: Iterable[str]) -> list[str]:
        """What is wrong elsewhere, and shows these fields of an object to say why."""
        found = _below(self._shown, manifest, fields)
        return _sentences(found)

    def rest(self, manifest: Manifest) -> list[str]:
        """What is wrong with an object and was not yet asked for by its field."""
        found = [f for f in _below(self._at, manifest, ("",)) if id(f) not in self._told]
        return _sentences(found)


def _note(
    found: dict[tuple[object, ...], list[tuple[str, Finding]]], place: Place, finding: Finding
) -> None:
    if place.object is not None:
        key = (place.document, place.span.file, *place.object)
        found.setdefault(key, []).append((place.path or "", finding))


def _sentences(found: Iterable[Finding]) -> list[str]:
    return [f"{finding.severity.name}: {finding.message}" for finding in found]


def _below(
    found: dict[tuple[object, ...], list[tuple[str, Finding]]],
    manifest: Manifest,
    fields: Iterable[str],
) -> list[Finding]:
    """The findings at fields of an object, or below them, once each."""
    identity = manifest.api_version, manifest.kind, manifest.namespace, manifest.name or None
    told = found.get((manifest.document.line, manifest.file, *identity), ())
    within = {
        id(finding): finding
        for where in fields
        for path, finding in told
        if not where or path == where or path.startswith((f"{where}.", f"{where}["))
    }
    return list(within.values())
