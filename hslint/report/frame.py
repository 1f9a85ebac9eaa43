"""A finding with the source it is about: code frames with the spans underlined."""

from __future__ import annotations

from hslint.finding import NEAR
from hslint.report.visible import visible, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.finding import Finding, Place
    from hslint.repair import Repair
    from hslint.report.paint import Paint
    from hslint.span import Span

#: A longer line is cut around its span, which begins this far from the left.
_LONGEST, _LEAD = 120, 40


class _Frame:
    """Consecutive lines of one document, and the places underlined in them."""

    __slots__ = ("document", "first", "last", "places")

    def __init__(self, place: Place) -> None:
        self.document = place.span.file, place.document
        self.places = [place]
        self.first = self.last = place.span.line

    def takes(self, place: Place) -> bool:
        """Whether *place* is near enough to be shown here; it is then."""
        line = place.span.line
        if (place.span.file, place.document) != self.document:
            return False
        if not self.first - NEAR - 1 <= line <= self.last + NEAR + 1:
            return False
        self.places.append(place)
        self.first, self.last = min(line, self.first), max(line, self.last)
        return True

    def source(self, line: int) -> str:
        """A line of the file; an empty one where nothing could be read."""
        return next((p.source[line] for p in self.places if line in p.source), "")


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
    if finding.fix is not None:
        sign = paint("frame", " " * margin + " =")
        lines.append(f"{sign} {paint('help', 'fix')}: {visible(_fix(finding.fix))}")
    return "\n".join(lines)


def _fix(repair: Repair) -> str:
    if not repair.edits:
        return f"none here, because {repair.why}"
    return repair.title if repair.safe else f"{repair.title} (unsafe)"


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
        line = _Line(frame.source(number), places[0].span.column - 1 if places else 0)
        yield f"{paint('frame', f'{number:>{margin}} |')} {line.text}".rstrip()
        for place in places:
            before, under = line.columns(place.span)
            sign, style = "-", "related"
            if place is finding.place:
                sign, style = "^", finding.severity.name
            sentence = f" {visible(place.message)}" if place.message else ""
            yield f"{bar} {' ' * before}{paint(style, sign * under + sentence)}"


class _Line:
    """A line as it is shown: a long one is cut to a window in which the column *around* is."""

    __slots__ = ("first", "left", "source", "text")

    def __init__(self, source: str, around: int) -> None:
        self.first = 0
        if len(source) > _LONGEST:
            self.first = max(0, min(around - _LEAD, len(source) - _LONGEST))
        self.source = source[self.first : self.first + _LONGEST]
        self.left = "..." if self.first else ""
        right = "..." if self.first + _LONGEST < len(source) else ""
        self.text = self.left + visible(self.source) + right

    def columns(self, span: Span) -> tuple[int, int]:
        """How wide the shown text is before the first line of *span*, and within it."""
        start = max(0, span.column - 1 - self.first)
        end = span.end_column - 1 - self.first
        if span.end_line > span.line:
            end = len(self.source.rstrip())
        before = width(self.left + visible(self.source[:start]))
        return before, max(1, width(visible(self.source[start:end])))
