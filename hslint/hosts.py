"""Host names written inside text: in URLs, in ``host:port`` pairs, or dotted and alone."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What tells a host name from a word: a dot inside, a port after it, a scheme before it.
_ANCHOR = re.compile(r"[.:](?:\w|//)")
_USER = re.compile(r"[^\s/\"'<>]*@")
_RUN = re.compile(r"[\w.-]*", re.ASCII)
_NAME = re.compile(r"\w+(?:-+\w+)*(?:\.\w+(?:-+\w+)*)*\.?", re.ASCII)
_PORT = re.compile(r":(\d{1,5})(?![\w.@-])")
#: What may be a pod's name with its Service, and the name of an SRV record.
_POD = re.compile(r"-[\w-]{0,252}\d\.", re.ASCII)
_SRV = re.compile(r"(?<![\w.-])_[\w-]*\.", re.ASCII)
#: What makes a host of a word without a dot, and what follows the first dot of others.
_SURE = re.compile(r":(?://|\d)", re.ASCII)
_BEHIND_DOT = re.compile(r"\.[\w.-]+", re.ASCII)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_IN_NAME = frozenset(_LETTERS + "0123456789_.-")
_IN_SCHEME = frozenset(_LETTERS + "0123456789+.-")

#: Before a name: the rest of a variable, template, path, escape, or of something longer.
_NOT_BEFORE = frozenset("$%/:{<\\*")
#: After it: a call, an index, a key, a user, or a name that a variable goes on with.
_NOT_AFTER = frozenset("$%(*@[\\{~=")
#: What such a scheme leads to is no host.
_NO_HOSTS = frozenset(
    {"containerd", "docker", "docker-pullable", "file", "gs", "oci", "s3", "s3a", "s3n", "unix"}
)
#: How a line of comment begins in shell, Java, ini files, SQL; what else a comment stands between.
_COMMENT = re.compile(r"\s*(?:#|//|;|--\s)")
_ENCLOSED = re.compile(r"(?<!\S)/\*(?=[\s*]).{0,4000}?\*/|<!--.{0,4000}?-->", re.DOTALL)
#: Before ``word:number`` that is a user with a group or a password, or a share.
_OTHER_PAIR = re.compile(
    r"""\b(?:chown|chgrp)\b[^;&|]*$|--?(?:u|user|chown)[= ]["']?$"""
    r"""|(?:auth|users?|passw(?:or)?d|credentials?|weights?)["']?\s*[=:]\s*["']?(?:[\w.-]+:\d+,)*$""",
    re.IGNORECASE,
)
#: How far to look back for the beginning of a line, and for the word "image".
_FAR, _NEAR = 200, 20


class Host:
    """A host name found in a text at ``start``, as written but for the root's dot at its end.

    ``port`` is None where none follows. ``sure`` tells that nothing but a host can stand there.
    """

    __slots__ = ("name", "port", "start", "sure")

    def __init__(self, name: str, port: int | None, start: int, *, sure: bool) -> None:
        self.name = name
        self.port = port
        self.start = start
        self.sure = sure


def last_labels(text: str) -> Iterable[str] | None:
    """The last label of each host in *text*, and of some words that are none, in lower case.

    It is a first look, and mostly much cheaper than ``hosts``: one of them must be the name of a
    Service or a namespace, if a host is of the cluster. None where that does not tell: there may be
    the name of a pod or of an SRV record, one with ``svc``, or one without a dot.
    """
    if "svc" in text.lower() or _POD.search(text) or _SRV.search(text):
        return None
    if not _SURE.search(text):
        names = [found.removesuffix(".") for found in _BEHIND_DOT.findall(text)]
    else:
        names = [host.name for host in hosts(text) if host.name != "localhost"]
        if not all("." in name for name in names):
            return None
    return {name.rpartition(".")[2].lower() for name in names}


def hosts(text: str) -> Iterator[Host]:
    """Yield the host names in *text*, in order.

    A name without a dot counts only in a URL or before a port. Addresses, versions, paths, images,
    comments, and names that a template or variable is a part of are none.
    """
    if "/*" in text or "<!--" in text:
        text = _ENCLOSED.sub(lambda comment: " " * len(comment[0]), text)
    end = 0
    for anchor in _ANCHOR.finditer(text):
        at = anchor.start()
        if at < end:
            continue
        if anchor[0] == "://":
            host, end = _after_scheme(text, at, anchor.end())
        elif at and text[at - 1] in _IN_NAME:
            host, end = _standing(text, _run_start(text, at, end, _IN_NAME))
        else:
            continue  # nothing stands before it
        if host is not None and not _is_out_of_use(text, host):
            yield host


def _after_scheme(text: str, at: int, start: int) -> tuple[Host | None, int]:
    """The host of the URL whose ``://`` is at *at*, and where to look on."""
    scheme = text[_run_start(text, at, max(0, at - _NEAR), _IN_SCHEME) : at].lower()
    user = _USER.match(text, start)
    if user:
        start = user.end()
    if not scheme or scheme in _NO_HOSTS:
        return None, _run_end(text, start)
    return _host(text, start, in_url=True)


def _standing(text: str, start: int) -> tuple[Host | None, int]:
    """The host that begins at *start* without a scheme, and where to look on."""
    before = text[start - 1 : start]
    if before in _NOT_BEFORE and text[start - 2 : start] != "//":
        return None, _run_end(text, start)
    if before == "(" and text[start - 2 : start - 1] == "$":
        return None, _run_end(text, start)
    return _host(text, start, in_url=False)


def _host(text: str, start: int, *, in_url: bool) -> tuple[Host | None, int]:
    end = _run_end(text, start)
    match = _NAME.match(text, start, end)
    if match is None or match.end() != end:
        return None, end
    port = _PORT.match(text, end)
    after = text[end : end + 1]
    if port:
        end = port.end()
    elif after in _NOT_AFTER or (after == "<" and text[end + 1 : end + 2] != "/"):
        return None, end
    elif after == ":" and not in_url:
        return None, end + 1  # a key, or the tag of an image
    name = match[0].removesuffix(".")
    if port and not in_url and "." not in name and _is_tag(int(port[1])):
        return None, end
    sure = in_url or port is not None
    if not (sure or "." in name) or name.lower() == name.upper():
        return None, end  # no letter: a number, an address
    return Host(name, int(port[1]) if port else None, start, sure=sure), end


def _is_tag(number: int) -> bool:
    """Whether ``postgres:12`` rather names an image than a port."""
    return number < 100 and number not in (25, 53, 80)


def _run_start(text: str, end: int, least: int, characters: frozenset[str]) -> int:
    """Where the run of *characters* before *end* begins, not before *least*."""
    while end > least and text[end - 1] in characters:
        end -= 1
    return end


def _run_end(text: str, start: int) -> int:
    match = _RUN.match(text, start)
    return match.end() if match else start


def _is_out_of_use(text: str, host: Host) -> bool:
    """Whether a host stands in a comment, is the repository of an image, or no host at all."""
    line = text.rfind("\n", max(0, host.start - _FAR), host.start) + 1
    before = text[max(line, host.start - _FAR) : host.start]
    if (line or host.start <= _FAR) and _COMMENT.match(before):
        return True
    if " # " in before:
        return True
    near = before[-_NEAR:]
    if "image" in near.lower() and not near.endswith(("://", "@")):
        return True
    return "." not in host.name and bool(_OTHER_PAIR.search(before))
