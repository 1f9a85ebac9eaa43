"""A file's bytes to documents, cut where kubectl cuts.

Source: k8s.io/apimachinery pkg/util/yaml: YAMLOrJSONDecoder.Decode, YAMLReader.Read; the encodings
are those of k8s.io/cli-runtime pkg/resource: FileVisitor.Visit.
"""

from __future__ import annotations

from hslint.yaml.fault import YamlFault


class Chunk:
    """One document's text and the line of the file, from 0, where it begins.

    A chunk with a fault is not to be read any further.
    """

    __slots__ = ("fault", "line", "text")

    def __init__(self, text: bytes, line: int, fault: YamlFault | None = None) -> None:
        self.text = text
        self.line = line
        self.fault = fault


def normal(data: bytes) -> bytes:
    """The file as UTF-8 without a byte order mark, its lines ended by a line feed.

    Bytes that are no UTF-8 become U+FFFD, unless the mark says that there are none.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    elif data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]  # and kubectl leaves the rest as it is
    elif not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError:
            data = data.decode("utf-8", "replace").encode()
    if b"\r" in data:  # one byte is found sooner than two
        data = data.replace(b"\r\n", b"\n")
    if data and not data.endswith(b"\n"):
        data += b"\n"
    return data


def split(data: bytes) -> list[Chunk]:
    """The documents of a file; those without content are left out."""
    data = normal(data)
    if b"{" in data[:_GUESS] and data[:_GUESS].decode(errors="ignore").lstrip(SPACES)[:1] == "{":
        from hslint.yaml.jsons import split_json  # JSON is rare

        return split_json(data)
    return split_yaml(data, 0)


_GUESS = 4096  # bytes in which kubectl looks for a first `{`


def split_yaml(data: bytes, start: int) -> list[Chunk]:
    """The YAML documents of a normal file from the byte *start* on."""
    chunks: list[Chunk] = []
    line = data.count(b"\n", 0, start)
    while start < len(data):
        fault = None
        search = start
        if data.startswith(b"---", start):  # nothing before it to separate: part of the document
            fault = _separator_fault(data, start)
            search = data.index(b"\n", start)
        end = data.find(b"\n---", search) + 1 or len(data)
        text = data[start:end]
        if fault is not None:
            chunks.append(Chunk(text, line, fault))
        elif _has_content(text):
            chunks.extend(_readable(text, line))
        if end < len(data):
            if _separator_fault(data, end) is None:
                end = data.index(b"\n", end) + 1
            line += data.count(b"\n", start, end)
        start = end
    return chunks


def _separator_fault(data: bytes, start: int) -> YamlFault | None:
    """What is wrong with the line at *start*, which begins with ``---``."""
    if data.startswith(b"---\n", start):
        return None
    rest = data[start + 3 : data.index(b"\n", start)].decode(errors="replace")
    rest = rest.strip(SPACES)
    if not rest or rest.startswith("#"):
        return None
    return YamlFault(
        0,
        0,
        "separator",
        f"kubectl takes this line for a document separator and rejects `{rest}` behind the `---`",
        "write `---` alone on its line, and what follows it on the next",
    )


#: What Go's unicode.IsSpace takes for a space.
SPACES = " \t\n\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def _has_content(text: bytes) -> bool:
    """Whether there is more than blank lines, comments and ``---``; if unsure, yes."""
    if text[0] not in b" \n#-":
        return True
    if text.startswith((b"---\n", b"--- ")):
        text = text[3:]
    head = text.find(b"\n", 1000) + 1 or len(text)  # mostly enough
    return _any_content(text[:head]) or (head < len(text) and _any_content(text[head:]))


def _any_content(text: bytes) -> bool:
    for line in text.splitlines():
        bare = line.strip(b" ")
        is_comment = bare.startswith(b"#") and bare.isascii() and bare.decode().isprintable()
        if bare and not is_comment:
            return True
    return False


def _readable(text: bytes, line: int) -> list[Chunk]:
    """The chunk, and what kubectl drops of it without a word: all that follows a line ``...``."""
    ends = (f"\n...{blank}".encode() for blank in " \t\n") if b"..." in text else ()
    places = [at for end in ends if (at := (b"\n" + text).find(end)) >= 0]
    rest = text[min(places) + 3 :] if places else b""
    if not (rest.strip(b" \n.-") and _has_content(rest)):
        return [Chunk(text, line)]
    body = rest.lstrip()
    below = line + text.count(b"\n", 0, len(text) - len(body))
    return [Chunk(text[: min(places) + 3] + b"\n", line), Chunk(body, below, _lost())]


def _lost() -> YamlFault:
    return YamlFault(
        0,
        0,
        "lost",
        "kubectl silently drops everything from here to the next `---`, because a line `...` "
        "ends the document before it",
        "put a line `---` here, or remove the `...`",
    )
