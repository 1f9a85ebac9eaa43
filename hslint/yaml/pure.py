"""PyYAML's parser in Python, brought to agree with go-yaml v2: the last judge of what is YAML.

It is slow and sees a text only when libyaml refuses it, might read it differently, or is missing.
Each method here replaces one that differs; source: go.yaml.in/yaml/v2: scannerc.go, parserc.go.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import unquote

from yaml import events as kinds
from yaml.parser import Parser, ParserError
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import ScalarToken, TagToken

from hslint.yaml.event import ALIAS, END, LAST, MAPPING, SCALAR, SEQUENCE, Event, Events
from hslint.yaml.fault import YamlFault
from hslint.yaml.places import decode

_BREAKS = "\r\n\x85\u2028\u2029"
_BLANKS_OR_END = "\0 \t" + _BREAKS


class _GoScanner(Scanner):  # type: ignore[misc]
    quoted: tuple[Any, Any] | None = None
    allow_simple_key: bool
    column: int
    ESCAPE_REPLACEMENTS: ClassVar = {**Scanner.ESCAPE_REPLACEMENTS, "'": "'"}
    del ESCAPE_REPLACEMENTS["/"]

    def forward(self, length: int = 1) -> None:
        """A byte order mark inside the text counts like any other character."""
        passed = self.buffer[self.pointer : self.pointer + length]
        if passed.isprintable():  # no line ends in it
            self.pointer += length
            self.index += length
            self.column += length
            return
        for character in passed:
            self.pointer += 1
            self.index += 1
            if character in _BREAKS and (character != "\r" or self.buffer[self.pointer] != "\n"):
                self.line += 1
                self.column = 0
            else:
                self.column += 1

    def need_more_tokens(self) -> bool:
        """The same, but sooner said where no key is waiting for its colon."""
        if self.tokens and not self.possible_simple_keys:
            return False
        return bool(super().need_more_tokens())

    def scan_to_next_token(self) -> None:
        """Tabs may separate tokens wherever no key can begin."""
        while True:
            has_tabs = self.flow_level or not self.allow_simple_key
            self._pass(_TABS_TOO if has_tabs else _SPACES)
            if self.peek() == "#":
                self._pass(_LINE)
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def _pass(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.buffer, self.pointer)
        if match is not None:
            self.forward(len(match[0]))

    def scan_directive_name(self, start_mark: Any) -> Any:
        name = super().scan_directive_name(start_mark)
        if name not in ("YAML", "TAG"):
            raise ScannerError(None, None, "found unknown directive name", start_mark)
        return name

    def scan_tag(self) -> TagToken:
        start = self.get_mark()
        match = _TAG.match(self.buffer, self.pointer)
        if match is None or self.buffer[match.end()] not in _BLANKS_OR_END:
            raise ScannerError(None, start, "this is not a tag", start)
        self.forward(match.end() - match.start())
        handle = match["handle"]
        suffix = match["suffix"] or match["verbatim"]
        if match["local"]:
            handle, suffix = "!", match["local"]
        return TagToken((handle, _unescape(suffix or "!", start)), start, self.get_mark())

    def scan_block_scalar_indicators(self, _start_mark: Any) -> tuple[bool | None, int | None]:
        match = _INDICATORS.match(self.buffer, self.pointer)
        assert match is not None
        self.forward(len(match[0]))
        sign = match["before"] or match["after"]
        indent = match["indent"]
        if indent == "0":
            raise ScannerError(
                None, None, "found an indentation indicator equal to 0", self.get_mark()
            )
        return {"+": True, "-": False}.get(sign), int(indent) if indent else None

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        while self.peek() in " \t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> Any:
        found = super().scan_block_scalar_indentation()
        self._refuse_tab()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> Any:
        found = super().scan_block_scalar_breaks(indent)
        if self.column < indent:
            self._refuse_tab()
        return found

    def _refuse_tab(self) -> None:
        if self.peek() == "\t":
            raise ScannerError(
                None, None, "found a tab where an indentation space is expected", self.get_mark()
            )

    def scan_flow_scalar(self, style: str) -> Any:
        start = self.get_mark()
        try:
            token = super().scan_flow_scalar(style)
            token.value.encode()
        except ValueError as error:
            raise ScannerError(
                None, None, "found invalid Unicode character escape code", start
            ) from error
        self.quoted = start, token.end_mark
        return token

    def scan_plain(self) -> ScalarToken:
        """Tabs are blanks in it; even in brackets only a ``:`` before a blank ends it."""
        chunks: list[str] = []
        start = end = self.get_mark()
        blanks = ""
        is_broken = False
        while not self._at_document_indicator() and self.peek() != "#":
            match = (_PLAIN_FLOW if self.flow_level else _PLAIN).match(self.buffer, self.pointer)
            if match:
                chunks += blanks, match[0]
                is_broken = False
                self.forward(len(match[0]))
                end = self.get_mark()
            if self.peek() not in " \t" + _BREAKS:
                break
            blanks, is_broken = self._scan_plain_blanks(start)
            if is_broken and not self.flow_level and self.column <= self.indent:
                break
        if is_broken:
            self.allow_simple_key = True
        return ScalarToken("".join(chunks), plain=True, start_mark=start, end_mark=end)

    def _at_document_indicator(self) -> bool:
        return bool(self.column == 0 and _INDICATOR.match(self.buffer, self.pointer))

    def _scan_plain_blanks(self, start: Any) -> tuple[str, bool]:
        """What blanks inside a plain scalar fold to, and whether a line ends among them."""
        blanks = ""
        breaks: list[str] = []
        while self.peek() in " \t" + _BREAKS:
            if self.peek() in _BREAKS:
                breaks.append(self.scan_line_break())
                continue
            if not breaks:
                blanks += self.peek()
            elif self.peek() == "\t" and self.column <= self.indent:
                raise ScannerError(
                    None, None, "found a tab character that violates indentation", start
                )
            self.forward()
        if not breaks:
            return blanks, False
        first, *rest = breaks
        if first == "\n":
            return "".join(rest) or " ", True
        return first + "".join(rest), True


_SPACES, _TABS_TOO = re.compile(r" +"), re.compile(r"[ \t]+")
_LINE = re.compile(r"[^\0\r\n\x85\u2028\u2029]+")
_URI = r"(?:[-\w;/?:@&=+$,.!~*'()\[\]]|%[0-9a-fA-F]{2})"
_TAG = re.compile(
    rf"!<(?P<verbatim>{_URI}+)>|(?P<handle>![-\w]*!)(?P<suffix>{_URI}+)"
    rf"|!(?!<|[-\w]*!)(?P<local>{_URI}*)",
    re.ASCII,
)
_INDICATORS = re.compile(r"(?P<before>[+-])?(?P<indent>[0-9]?)(?P<after>(?(before)|[+-]?))")
_INDICATOR = re.compile(r"(?:---|\.\.\.)[\0 \t\r\n\x85\u2028\u2029]")
_PLAIN = re.compile(r"(?:[^\0 \t\r\n\x85\u2028\u2029:]|:(?![\0 \t\r\n\x85\u2028\u2029]))+")
_PLAIN_FLOW = re.compile(
    r"(?:[^\0 \t\r\n\x85\u2028\u2029:,?\[\]{}]|:(?![\0 \t\r\n\x85\u2028\u2029]))+"
)


def _unescape(tag: str, start: Any) -> str:
    try:
        return unquote(tag, errors="strict")
    except ValueError as error:
        raise ScannerError(None, None, "found an incorrect UTF-8 octet in a tag", start) from error


class _GoParser(_GoScanner, Reader, Parser):  # type: ignore[misc]
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def process_directives(self) -> Any:
        found = super().process_directives()
        if self.yaml_version not in (None, (1, 1)):
            raise ParserError(None, None, "found incompatible YAML document", self.get_mark())
        return found


def events(text: bytes) -> list[Event]:
    """The events of the first document of *text*, up to and including its end.

    Raises YamlFault for what go-yaml refuses.
    """
    source = decode(text)
    try:
        parser = _GoParser(source)
        found = Events()
        while (event := parser.get_event()) is not None:
            if made := _event(event):
                found.add(made)
                if made.kind is LAST:
                    break
    except (ScannerError, ParserError) as error:
        raise _explained(source, error, parser) from error
    except ReaderError as error:
        raise _unreadable(source, error) from error
    return found


def _event(event: Any) -> Event | None:
    start, end = event.start_mark, event.end_mark
    if isinstance(event, kinds.ScalarEvent):
        return Event(SCALAR, start, end, event.anchor, event.tag, event.value, event.style or "")
    if isinstance(event, kinds.CollectionStartEvent):
        kind = SEQUENCE if isinstance(event, kinds.SequenceStartEvent) else MAPPING
        return Event(kind, start, end, event.anchor, event.tag, style="{" * bool(event.flow_style))
    if isinstance(event, kinds.CollectionEndEvent):
        return Event(END, start, end)
    if isinstance(event, kinds.AliasEvent):
        return Event(ALIAS, start, end, event.anchor)
    if isinstance(event, (kinds.DocumentEndEvent, kinds.StreamEndEvent)):
        return Event(LAST, start, end)
    return None


def _explained(source: str, error: ScannerError | ParserError, parser: _GoParser) -> YamlFault:
    from hslint.yaml.hint import explain  # only for what is refused
    from hslint.yaml.trouble import Trouble

    def place(mark: Any) -> tuple[int, int]:
        return source.count("\n", 0, mark.index), mark.index - source.rfind("\n", 0, mark.index) - 1

    opening = place(error.context_mark) if error.context_mark else None
    quoted = (place(parser.quoted[0]), place(parser.quoted[1])) if parser.quoted else None
    return explain(Trouble(source, error.problem, place(error.problem_mark), opening, quoted))


def _unreadable(source: str, error: ReaderError) -> YamlFault:
    before = source[: error.position]
    place = before.count("\n"), error.position - before.rfind("\n") - 1
    if error.character == 0 and source.count("\0") > 1:
        return YamlFault(
            *place,
            "encoding",
            "there are NUL characters in the text; it may be UTF-16 without a byte order mark",
            "save the file as UTF-8",
        )
    name = f"U+{error.character:04X}"
    return YamlFault(*place, "encoding", f"the character {name} cannot stand in YAML", "remove it")
