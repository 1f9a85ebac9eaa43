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
_MISSING = re.compile(r"`(\w+)` is missing")
_UNKNOWN = re.compile(r" has no fields (`[^`]+`(?:(?:, | and |, and )`[^`]+`)*)")
_STEP = re.compile(r"""\["((?:[^"\\]|\\.)*)"\]|\[([^\]]*)\]|([^.\[\]]+)""")
#: Rules whose findings are about all that is, or is not, in a field.
_WHOLE = ("missing-field", "wrong-type")
#: Rejections that depend on how a cluster is set up: the ranges of its addresses, and the plugin
#: that gives each Pod its ServiceAccount.
_OF_THE_CLUSTER = re.compile(
    "failed to allocate IP .* not in the valid range|when serviceAccountName is not set"
)
_OF_VOLUMES = ("volumeMounts", "volumeDevices", "fileKeyRef")
_QUOTED = re.compile(r"""\["([^"]*)"\]""")
_NAMED = re.compile(r"[`'](\w+)(?:\[\d+\])?(?:: [^`']*)?[`']")
#: What Kubernetes calls otherwise than manifests do.
_CALLED = {
    "downwarAPI": "downwardAPI",
    "persistentDisk": "gcePersistentDisk",
    "initiatorname": "initiatorName",
    "csi.name": "csi.nodePublishSecretRef.name",
    "].projected.path": "].projected",
    "securityContext.shareProcessNamespace": "shareProcessNamespace",
    "cephFS": "cephfs",
    "storageOS": "storageos",
}
_PLACES = {
    r"spec\.clusterIPs(?![\w.-])": "spec.clusterIP",
    r"(DuringExecution\[\d+\](?:\.podAffinityTerm)?)\.namespace$": r"\1.namespaces",
    r"(downwardAPI)\.(field|mode|path|res)": r"\1.items.\2",
    r"resources\.(containers\[\d+\])\[(.*)\]\.limits": r"\1.resources.limits[\2]",
    r"(volumeClaimTemplates\[\d+\])\.resources": r"\1.spec.resources",
    r"overhead\.limits": "overhead",
    r"annotations\.(scheduler\.alpha\.kubernetes\.io/tolerations).*": r"annotations[\1]",
}
_WARNED = re.compile(r"^([a-z][\w.\[\]/-]+\.[\w.\[\]/-]+)(?::| is )")


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
    wrong = [f for f in found if f.severity is ERROR]
    errors = [e for e in verdict.get("errors", ()) if not _OF_THE_CLUSTER.search(e["text"])]
    known = [e for e in errors if any(_is_about(f, e) for f in wrong)]
    known += [e for e in errors if e not in known and any(_follows(e, each) for each in known)]
    sort = "unsaid" if any(map(claims, found)) else "missed"
    result = [
        Difference(sort, field_of(error), _told(error), error["text"])
        for error in errors
        if not any(error is each or _follows(error, each) for each in known)
    ]
    if verdict["accepted"]:
        result += (
            Difference("claimed", f.place.path or "", f"{f.rule}: {f.message}")
            for f in found
            if claims(f)
        )
    for text in verdict.get("warnings", ()):
        named = _WARNED.match(text)
        field = _as_written(named[1]).replace("spec.addressType", "addressType") if named else ""
        related = [place.path or "" for f in found for place in f.related]
        paths = [*(path for f in found for path in fields_of(f)), *related]
        if not any(near(field, path) for path in paths):
            result.append(Difference("unwarned", field, text))
    return result


def field_of(error: dict[str, str]) -> str:
    """The field of an error, by the names that it has in manifests.

    Errors of the decoder name it in their text, if at all, with Go's embedded types. Kubernetes
    looks for the labels of a pod template in the template itself, for claims among the volumes,
    leaves out some steps, and copies ``clusterIP`` to the plural.
    """
    decoded = _GO_FIELD.search(error["text"])
    field = error["field"]
    if decoded and not field:
        field = ".".join(step for step in decoded[1].split(".") if not step[:1].isupper())
    field = re.sub(r"emplate\.(labels|annotations)", r"emplate.metadata.\1", field)
    return _as_written(field)


def _as_written(field: str) -> str:
    """A field of Kubernetes' texts as it stands in manifests, where the two differ."""
    field = field.partition(".{")[0].removeprefix("[]")  # two fields at once, or none
    for pattern, written in _PLACES.items():
        field = re.sub(pattern, written, field)
    for kubernetes, written in _CALLED.items():
        field = field.replace(kubernetes, written)
    return field


def fields_of(finding: Finding) -> list[str]:
    """The fields a finding is about: its own, those it says are missing in it, or several."""
    path = (finding.place.path or "").replace("spec.clusterIPs", "spec.clusterIP")
    if path == "spec.targetCPUUtilizationPercentage":  # what later versions make of it
        return [path, "spec.metrics[0].resource.target.averageUtilization"]
    missing = _MISSING.match(finding.message)
    if missing:
        return [f"{path.rpartition('.')[0]}.{missing[1]}"]
    if "nothing is written behind it" in finding.message:
        return [path]
    unknown = _UNKNOWN.search(finding.message)
    if unknown:
        path = path.rpartition('["' if path.endswith('"]') else ".")[0]
    several = unknown or _LACKS.search(finding.message)
    if not several:
        return [path]
    return [f"{path}.{name}".lstrip(".") for name in re.findall(r"`([^`]+)`", several[1])]


def _is_about(finding: Finding, error: dict[str, str]) -> bool:
    """Whether a finding says what an error says."""
    field, fields = field_of(error), fields_of(finding)
    if error["type"] == "FieldValueDuplicate":  # of two that are alike, either may be blamed
        fields += [place.path or "" for place in finding.related]
    if any(near(field, each) for each in fields):
        return True
    if finding.rule in _WHOLE and any(
        f"{field}.".startswith(f"{each}.") for each in fields if each
    ):
        return True  # all that would stand in what is missing
    named, path = steps(field), steps(finding.place.path or "")
    if not named or not path or _lower(named[:1]) != _lower(path[:1]):
        return False
    if set(_NAMED.findall(error["text"])) & {step for each in fields for step in steps(each)}:
        return True  # "`selector` does not match template `labels`"
    if ".volumes[" in error["field"] and "volumeClaimTemplates" in path:
        return True
    beside = _names(path)[: len(_names(named)) - 1] == _names(named)[:-1]
    # The decoder stops at the first, in an order of its own.
    said = error["type"] == "Decode" or _names(named)[-1] in _NAMED.findall(finding.message)
    return beside and said


def _follows(error: dict[str, str], other: dict[str, str]) -> bool:
    """Whether an error only repeats another: a default copied it, or a volume is left out."""
    value = re.match(r'Invalid value: "[^"]+"', error["text"])
    if other["text"].startswith(value[0] if value else error["text"]):
        return True
    if "`selector` does not match" in error["text"] and other["type"] == "FieldValueRequired":
        return other["field"].endswith("spec.selector")
    if "scaling to zero" in error["text"] and other["field"] == "spec.minReplicas":
        return True
    if "PVC name" in error["text"] and other["field"] == "metadata.name":
        return True
    return error["type"] == "FieldValueNotFound" and (
        ".volumes[" in other["field"] and any(each in error["field"] for each in _OF_VOLUMES)
    )


def near(field: str, found: str) -> bool:
    """Whether Kubernetes' *field* and the one *found* by hslint are the same, or part of the other.

    The whole ``spec`` is near what stands directly in it only. What Kubernetes does not name a
    field of (a time that cannot be read) is near anything.
    """
    if field.lstrip(".") == _QUOTED.sub(r".\1", found).lstrip("."):
        return True  # a key with dots and slashes in it
    mine, yours = _lower(steps(field)), _lower(steps(found))
    if not mine or not yours:
        return not mine
    if _numbers(mine) != _numbers(yours) and not (_numbers(mine) and _numbers(yours)):
        mine, yours = _names(mine), _names(yours)
    short, long = sorted((mine, yours), key=len)
    alike = long[: len(short)] == short or _names(long) == _names(short)
    return alike and (len(_names(short)) > 1 or len(_names(long)) < 3)


def general(field: str) -> str:
    """A field without its numbers: ``spec.ports[*].name``."""
    return re.sub(r"\[\d+\]", "[*]", field)


def steps(field: str) -> Steps:
    """The names and numbers a field is made of."""
    return tuple(quoted or bare or plain for quoted, bare, plain in _STEP.findall(field))


def _told(error: dict[str, str]) -> str:
    text = re.sub(r'"[^"]*"|\{.*?\}|-?\d+', "_", error["text"])
    return f"{error['type']}: {text[:90]}"


def _lower(steps: Steps) -> Steps:
    return tuple(step.lower() for step in steps)


def _names(steps: Steps) -> Steps:
    return tuple(step for step in steps if not step.isdecimal())


def _numbers(steps: Steps) -> Steps:
    return tuple(step for step in steps if step.isdecimal())
