"""What Kubernetes says of an object, beside what hslint says of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hslint import registry
from hslint.contract import ERROR
from hslint.engine import lint
from hslint.settings import Settings
from hslint.source import Source

if TYPE_CHECKING:
    from hslint.finding import Finding

#: What the judge prints: ``accepted``, ``errors`` (field, type, text), ``warnings``.
Verdict = dict[str, Any]
Steps = tuple[str, ...]

RULES = registry.load()
_GO_FIELD = re.compile(r"Go struct field \w+\.([\w.]+) of type")
_LACKS = re.compile(r" lacks (`\w+`(?:(?:, | and |, and )`\w+`)*)")
_UNKNOWN = re.compile(r" has no fields (`[^`]+`(?:(?:, | and |, and )`[^`]+`)*)")
_STEP = re.compile(r"""\["((?:[^"\\]|\\.)*)"\]|\[([^\]]*)\]|([^.\[\]]+)""")
#: Rules whose findings are about all that is, or is not, in a field.
_WHOLE = ("missing-field", "wrong-type")
#: Rejections that depend on how a cluster is set up: the ranges of its addresses.
_OF_THE_CLUSTER = re.compile("failed to allocate IP .* not in the valid range")
_QUOTED = re.compile(r"""\["([^"]*)"\]""")
_NAMED = re.compile(r"[`'](\w+)[`']")
_WARNED = re.compile(r"^([a-z][\w.\[\]-]+\.[\w.\[\]-]+)(?::| is )")


class Difference:
    """One thing that one of the two says and the other does not."""

    def __init__(self, sort: str, field: str, text: str, whole: str = "") -> None:
        #: ``missed`` (a rejection), ``unsaid`` (one reason of several), ``claimed`` (a rejection
        #: that does not happen), ``unwarned``.
        self.sort = sort
        self.field = field
        self.text = text
        #: The text in full.
        self.whole = whole or text

    def __repr__(self) -> str:
        return f"{self.sort} {general(self.field)}: {self.text}"


def findings(value: dict[str, Any], minor: int) -> list[Finding]:
    """What hslint finds in an object that is alone."""
    source = Source("object.json", json.dumps(value).encode())
    return lint([source], RULES, Settings(minor=minor)).findings


def claims(finding: Finding) -> bool:
    """Whether a finding says that Kubernetes rejects the object."""
    return finding.severity is ERROR and " reject" in finding.message


def differences(verdict: Verdict, found: list[Finding]) -> list[Difference]:
    """Everything in which a verdict and the findings about the same object differ."""
    fields = [field for f in found if f.severity is ERROR for field in fields_of(f)]
    absent = [field for f in found if f.rule in _WHOLE for field in fields_of(f)]
    errors = [e for e in verdict.get("errors", ()) if not _OF_THE_CLUSTER.search(e["text"])]
    said = [
        any(near(field_of(e), field, e["text"]) for field in fields)
        or any(field and f"{field_of(e)}.".startswith(f"{field}.") for field in absent)
        for e in errors
    ]
    # What a default copies to another field is wrong there again.
    values = {_value(error) for error, known in zip(errors, said, strict=True) if known}
    sort = "unsaid" if any(map(claims, found)) else "missed"
    result = [
        Difference(sort, field_of(error), _told(error), error["text"])
        for error, known in zip(errors, said, strict=True)
        if not known and _value(error) not in values
    ]
    if verdict["accepted"]:
        result += (
            Difference("claimed", f.place.path or "", f"{f.rule}: {f.message}")
            for f in found
            if claims(f)
        )
    for text in verdict.get("warnings", ()):
        named = _WARNED.match(text)
        field = named[1].replace("spec.addressType", "addressType") if named else ""
        if not any(near(field, path, text) for f in found for path in fields_of(f)):
            result.append(Difference("unwarned", field, text))
    return result


def field_of(error: dict[str, str]) -> str:
    """The field of an error; those of the decoder name it in their text, if at all.

    The decoder names Go's embedded types, too; and the labels of a pod template stand, to
    Kubernetes, directly in the template.
    """
    decoded = _GO_FIELD.search(error["text"])
    if decoded and not error["field"]:
        return ".".join(step for step in decoded[1].split(".") if not step[:1].isupper())
    field = re.sub(r"emplate\.(labels|annotations)", r"emplate.metadata.\1", error["field"])
    return field.replace("spec.clusterIPs", "spec.clusterIP")  # the first one is a copy


def fields_of(finding: Finding) -> list[str]:
    """The fields a finding is about: its own, those it says are missing in it, or several."""
    path = (finding.place.path or "").replace("spec.clusterIPs", "spec.clusterIP")
    unknown = _UNKNOWN.search(finding.message)
    if unknown:
        path = path.rpartition(".")[0]
    several = unknown or _LACKS.search(finding.message)
    if not several:
        return [path]
    return [f"{path}.{name}".lstrip(".") for name in re.findall(r"`([^`]+)`", several[1])]


def near(field: str, found: str, text: str = "") -> bool:
    """Whether Kubernetes' *field* and the one *found* by hslint are the same, or part of the other.

    A field that the *text* of the error names is as good: "`selector` does not match template
    `labels`". The whole ``spec`` is near what stands directly in it only; the whole object is near
    anything where the other side knows no better.
    """
    mine, yours = steps(field), steps(found)
    if field.lstrip(".") == _QUOTED.sub(r".\1", found).lstrip("."):
        return True  # a key with dots and slashes in it
    if not mine or not yours:
        return not mine
    if set(_NAMED.findall(text)) & set(yours) and mine[0] == yours[0]:
        return True
    mine, yours = _lower(mine), _lower(yours)
    if not ("[" in field and "[" in found):
        mine, yours = _names(mine), _names(yours)
    short, long = sorted((mine, yours), key=len)
    return long[: len(short)] == short and (len(_names(short)) > 1 or len(_names(long)) < 3)


def general(field: str) -> str:
    """A field without its numbers: ``spec.ports[*].name``."""
    return re.sub(r"\[\d+\]", "[*]", field)


def steps(field: str) -> Steps:
    """The names and numbers a field is made of."""
    return tuple(quoted or bare or plain for quoted, bare, plain in _STEP.findall(field))


def _value(error: dict[str, str]) -> str:
    """What is wrong, as far as two errors about the same share it."""
    value = re.match(r'Invalid value: "[^"]+"', error["text"])
    return value[0] if value else error["text"]


def _told(error: dict[str, str]) -> str:
    text = re.sub(r'"[^"]*"|\{.*?\}|-?\d+', "_", error["text"])
    return f"{error['type']}: {text[:90]}"


def _lower(steps: Steps) -> Steps:
    return tuple(step.lower() for step in steps)


def _names(steps: Steps) -> Steps:
    return tuple(step for step in steps if not step.isdecimal())
