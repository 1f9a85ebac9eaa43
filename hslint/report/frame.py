"""A finding with the source it is about: code frames with the spans underlined."""

from __future__ import annotations

from hslint.report.visible import visible, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.document import Document
    from hslint.finding import Finding, Place
    from hslint.report.paint import Paint

#: Places of one document share a frame when at most this many lines lie between them.
_NEAR = 3
#: A longer line is cut around its span, which begins this far from the left.
_LONGEST, _LEAD = 120, 40


class _Frame:
    """Consecutive lines of one document, and the places underlined in them."""

    __slots__ = ("document", "first", "last", "places")

    def __init__(self, place: Place) -> None:
        self.document: Document = place.at.document
        self.places = [place]
        self.first = self.last = place.span.line

    def takes(self, place: Place) -> bool:
        """Whether *place* is near enough to be shown here; it is then."""
        line = place.span.line
        if place.at.document is not self.document:
            return False
        if not self.first - _NEAR - 1 <= line <= self.last + _NEAR + 1:
            return False
        self.places.append(place)
        self.first, self.last = min(line, self.first), max(line, self.last)
        return True

    def source(self, line: int) -> str:
        """A line of the file; an empty one where nothing could be read."""
        index = line - 1 - self.document.line
        lines = self.document.lines
        return lines[index] if 0 <= index < len(lines) else ""


def render(finding: Finding, paint: Paint) -> str:
    """The finding as several lines of text, without a line break at the end."""
    severity = finding.severity.name
    head = paint(severity, f"{severity}[{finding.rule}]")
    lines = [f"{head}{paint('message', ': ' + visible(finding.message))}"]
    frames = _frames(finding)
    margin = len(str(max(frame.last for frame in frames)))
    for frame in frames:
        lines += _lines(frame, finding, margin, paint)
    if finding.help:
        sign = paint("frame", " " * margin + " =")
        lines.append(f"{sign} {paint('help', 'help')}: {visible(finding.help)}")
    return "\n".join(lines)


def _frames(finding: Finding) -> list[_Frame]:
    frames: list[_Frame] = []
    for place in (finding.place, *finding.related):
        if not any(frame.takes(place) for frame in frames):
            frames.append(_Frame(place))
    return frames


def _lines(frame: _Frame, finding: Finding, margin: int, paint: Paint) -> Iterator[str]:
    span = frame.places[0].span
    where = f"{visible(span.file)}:{span.line}:{span.column}"
    yield f"{' ' * margin}{paint('frame', '-->')} {where}"
    if not any(map(frame.source, range(frame.first, frame.last + 1))):
        return
    bar = paint("frame", " " * margin + " |")
    yield bar
    for number in range(frame.first, frame.last + 1):
        places = [place for place in frame.places if place.span.line == number]
        source = frame.source(number)
        text, _, _ = _cut(source, *(_columns(places[0], source) if places else (0, 0)))
        yield f"{paint('frame', f'{number:>{margin}} |')} {text}".rstrip()
        for place in places:
            _, before, under = _cut(source, *_columns(place, source), _columns(places[0], source)[0])
            primary = place is finding.place
            style = finding.severity.name if primary else "related"
            line = ("^" if primary else "-") * under
            sentence = f" {visible(place.message)}" if place.message else ""
            yield f"{bar} {' ' * before}{paint(style, line + sentence)}"


def _columns(place: Place, source: str) -> tuple[int, int]:
    """Where the place begins and ends in its first line, from 0."""
    span = place.span
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(source.rstrip())
    return start, end


def _cut(source: str, start: int, end: int, around: int | None = None) -> tuple[str, int, int]:
    """The visible part of a line, and the width before and of what is underlined in it.

    A long line is cut so that *around* (or else *start*) is seen.
    """
    first, last = 0, len(source)
    if last > _LONGEST:
        first = max(0, min((start if around is None else around) - _LEAD, last - _LONGEST))
        last = min(last, first + _LONGEST)
    left = "..." if first else ""
    right = "..." if last < len(source) else ""
    text = left + visible(source[first:last]) + right
    start, end = (min(max(column, first), last) for column in (start, end))
    before = len(left) + width(visible(source[first:start]))
    return text, before, max(1, width(visible(source[start:end])))
