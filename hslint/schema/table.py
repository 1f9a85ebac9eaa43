"""The table of Kubernetes' types (``schemas/kubernetes.txt``, made by ``schemas/compile.py``).

A block is looked up by binary search, and only the types that a file uses are ever read.
"""

from __future__ import annotations

import os

from hslint.quantity import is_quantity
from hslint.schema.notation import is_base64, is_time
from hslint.schema.shape import (
    Anything,
    Closed,
    Dropped,
    Fields,
    Filled,
    Formatted,
    Kind,
    ListOf,
    MapOf,
    Narrowing,
    Ranged,
    Shape,
    Struct,
    Whole,
    Written,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final

#: The minors of Kubernetes 1 that the table covers.
OLDEST: Final = 25
NEWEST: Final = 37

SCALARS: Final[dict[str, Shape]] = {
    "s": Shape("a string", str),
    "y": Written("base64 text", is_base64),
    "i": Whole("a whole number", 32),
    "l": Whole("a whole number", 64),
    "n": Shape("a number", int, float),
    "b": Shape("true or false", bool),
    "p": Whole("a whole number or a string", 32, str),
    "q": Written("a quantity such as 500m or 1Gi", is_quantity, int, float),
    "t": Written("a time such as 2026-01-31T12:00:00Z", is_time),
    "x": Anything("anything"),
}

#: What is told of a shape by a sign before its code.
_WRAPPED: Final[dict[str, Callable[[Shape], Shape]]] = {"{": MapOf, "+": Filled, "~": Dropped}
#: What a text of a format of hslint.formats is called in a message.
FORMATS: Final = {
    "domain_path": "a name with a domain before it (`example.com/name`)",
    "dns_label": "a DNS label (lower-case letters, digits and `-`, at most 63)",
    "dns_subdomain": "a DNS name (lower-case letters, digits, `-` and `.`)",
    "label_key": "the key of a label (`name`, or `example.com/name`)",
}


def folder() -> str:
    """The folder of the schemas: in the package when installed, beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(__file__))
    inside = os.path.join(package, "schemas")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "schemas")


class Table:
    """The types of Kubernetes 1.*minor*."""

    __slots__ = ("kinds", "minor", "structs", "text")

    def __init__(self, minor: int) -> None:
        with open(os.path.join(folder(), "kubernetes.txt"), "rb") as file:
            self.text: Final = b"\n\n" + file.read()
        self.minor: Final = minor
        self.kinds: Final[dict[tuple[str, str], Kind | None]] = {}
        self.structs: Final[dict[str, Shape]] = {}

    def kind(self, api_version: str, kind: str) -> Kind | None:
        """The type of a kind's objects; None when 1.*minor* has no such kind."""
        try:
            return self.kinds[api_version, kind]
        except KeyError:
            pass
        found = None
        if covers(self.kind_versions(api_version, kind), self.minor):
            struct = self.struct(kind_name(api_version, kind))
            found = struct if isinstance(struct, Kind) else None
        self.kinds[api_version, kind] = found
        return found

    def kind_versions(self, api_version: str, kind: str) -> str:
        """The versions that have a kind, as written (``25-31,34``); "" when none has."""
        lines = self.block(kind_name(api_version, kind))
        head = lines[0].split(" ") if lines else []
        return head[2] if len(head) > 2 and head[1] == api_version else ""

    def struct(self, name: str) -> Shape:
        """The type called *name* (``core.v1.Pod``); KeyError when there is none."""
        try:
            return self.structs[name]
        except KeyError:
            pass
        lines = self.block(name)
        if not lines:
            raise KeyError(name)
        codes: dict[str, str] = {}
        required: list[str] = []
        narrowings: list[Narrowing] = []
        for line in lines[1:]:
            label, _, code = line.partition(" ")
            if " " in code:
                code, _, versions = code.partition(" ")
                if not covers(versions, self.minor):
                    continue
            field = label.rstrip("!")
            if "." in field:
                narrowings.append(narrowing(field, code, required=field is not label))
                continue
            codes[field] = code
            if field is not label:
                required.append(field)
        fields = Fields(codes, self.shape)
        needed = tuple(required)
        struct = (
            Kind(name, fields, needed, tuple(narrowings))
            if " " in lines[0]
            else Struct(name, fields, needed)
        )
        self.structs[name] = struct
        return struct

    def shape(self, code: str) -> Shape:
        """The shape that *code* stands for (the codes are told in schemas/compile.py)."""
        known = SCALARS.get(code)
        if known is not None:
            return known
        sign, rest = code[0], code[1:]
        if sign == "@":
            return self.struct(rest)
        if sign == "[":
            return ListOf(self.item(rest))
        if sign in _WRAPPED:
            return _WRAPPED[sign](self.shape(rest))
        return limited(code, item=False)

    def item(self, code: str) -> Shape:
        """The shape of a list's items: a null among them is an empty text, not an absent one."""
        return limited(code, item=True) if code[:2] in ("s=", "s:") else self.shape(code)

    def block(self, name: str) -> list[str]:
        """The lines of the block whose first word is *name*, its head first; [] when absent."""
        text = self.text
        wanted = name.encode()
        low, high = 0, len(text)
        while low < high:
            start = text.rfind(b"\n\n", low, (low + high) // 2 + 2)
            if start < 0:
                start = low
            end = text.find(b"\n\n", start + 2)
            if end < 0:
                end = len(text)
            head = text[start + 2 : text.find(b"\n", start + 2)].partition(b" ")[0]
            if head == wanted:
                return text[start + 2 : end].decode().rstrip("\n").split("\n ")
            if head < wanted:
                low = end
            else:
                high = start
        return []

    def elsewhere(self, name: str, field: str) -> Iterator[tuple[str, str]]:
        """Yield the code and versions of a type's field, in the versions that limit it."""
        for line in self.block(name)[1:]:
            label, _, code = line.partition(" ")
            if label.rstrip("!") == field and " " in code:
                code, _, versions = code.partition(" ")
                yield code, versions


def limited(code: str, *, item: bool) -> Shape:
    """A scalar with closed values, of a range, or of a format; a list's *item*, or a field."""
    what = code[2:]
    if code[1] == ":":
        from hslint import formats

        reason: Callable[[str], str] = getattr(formats, what.rstrip("?"))
        if what.endswith("?"):
            return Formatted(FORMATS[what[:-1]], lambda text: text and reason(text), item=item)
        return Formatted(FORMATS[what], reason, item=item)
    if code[0] == "s":
        return Closed(tuple(what.split("|")), item=item)
    least, _, most = what.partition("..")
    return Ranged(32 if code[0] == "i" else 64, int(least), int(most))


def kind_name(api_version: str, kind: str) -> str:
    """The type's name: ``rbac.v1.Role`` for rbac.authorization.k8s.io/v1 Role."""
    group, slash, version = api_version.rpartition("/")
    return f"{group.partition('.')[0] if slash else 'core'}.{version}.{kind}"


def narrowing(field: str, code: str, *, required: bool) -> Narrowing:
    """The narrowing that a dotted line of a kind's block writes."""
    return Narrowing(tuple(field.split(".")), tuple(code[2:].split("|")), required=required)


def covers(versions: str, minor: int) -> bool:
    """Whether ``25-28,31`` holds *minor*."""
    return any(first <= minor <= last for first, last in spans(versions))


def spans(versions: str) -> list[tuple[int, int]]:
    """``25-28,31`` as (25, 28), (31, 31)."""
    found = []
    for part in versions.split(",") if versions else ():
        first, _, last = part.partition("-")
        found.append((int(first), int(last or first)))
    return found
