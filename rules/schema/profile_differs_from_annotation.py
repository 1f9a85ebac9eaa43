from collections.abc import Iterator

from hslint import (
    APPARMOR,
    ERROR,
    SECCOMP,
    SECCOMP_OF_ONE,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    has_placeholder,
    pods_of,
    rule,
)

_NAMES = {"Unconfined": "unconfined", "RuntimeDefault": "runtime/default"}


@rule(ERROR, WORKLOADS, fields=("seccompProfile", "appArmorProfile"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A profile of AppArmor or seccomp differs from the old annotation beside it.

    The API server rejects a pod whose `seccompProfile` says one thing and whose annotation
    another; the same holds for `appArmorProfile` since 1.30.

    Remove the annotation.
    (Source: pkg/apis/core/validation: validateSeccompAnnotationsAndFields,
    validateAppArmorAnnotationsAndFieldsMatchOnCreate.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations:
        seccomp.security.alpha.kubernetes.io/pod: runtime/default
    spec:
      securityContext:
        seccompProfile:
          type: Unconfined  # error: differs from the annotation
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations:
        seccomp.security.alpha.kubernetes.io/pod: runtime/default
    spec:
      securityContext:
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        written = pods.annotations
        if not any(".security." in key for key in written):
            continue
        for at, key, profile in _pairs(pods, written, manifest.minor):
            value, meant = written[key] or "", _name(profile)
            if not isinstance(value, str) or has_placeholder(value + meant):
                continue
            if "seccomp" in key:
                value = value.replace("docker/default", "runtime/default")
            if meant and meant != value:
                yield Problem(
                    at,
                    f"the profile `{meant}` differs from the annotation `{key}: {value}`,"
                    f" {pods.rejection}",
                    related=((pods.template["metadata"]["annotations"][key], "the annotation"),),
                    help="remove the annotation",
                )


def _pairs(
    pods: Pods, written: dict[str, object], minor: int
) -> Iterator[tuple[Node, str, dict[str, object]]]:
    """Each profile with the annotation about the same, and where to tell of it."""
    context = pods.spec["securityContext"]
    if SECCOMP in written and isinstance(context["seccompProfile"].value, dict):
        yield (
            _part(context["seccompProfile"], written[SECCOMP]),
            SECCOMP,
            context["seccompProfile"].mapping,
        )
    windows = pods.spec["os"]["name"].string == "windows"
    for plain, field, number in pods.plain_containers:
        container = pods.spec[field][number]
        key = f"{SECCOMP_OF_ONE}{plain.get('name')}"
        profile = container["securityContext"]["seccompProfile"]
        if key in written and profile.mapping:
            yield _part(profile, written[key]), key, profile.mapping
        key = f"{APPARMOR}{plain.get('name')}"
        profile = container["securityContext"]["appArmorProfile"]
        if key not in written or windows or minor < 30:
            continue
        if profile.mapping:
            yield _part(profile, written[key]), key, profile.mapping
        elif context["appArmorProfile"].mapping and not _copied(pods, written[key]):
            yield container, key, context["appArmorProfile"].mapping


def _copied(pods: Pods, value: object) -> bool:
    """Whether the server makes the container's own profile of an annotation, as it does for Pods.

    (pkg/registry/core/pod: applyAppArmorVersionSkew)
    """
    text = value if isinstance(value, str) else ""
    known = text in _NAMES.values() or (text[:10] == "localhost/" and text != "localhost/")
    return pods.owner.type == "Pod" and known


def _part(profile: Node, value: object) -> Node:
    """What differs: the path, where both have one, else the type."""
    path, kind = profile["localhostProfile"], profile["type"]
    both = kind.string == "Localhost" and str(value)[:10] == "localhost/"
    return path if both and path else kind or profile


def _name(profile: dict[str, object]) -> str:
    """A profile as an annotation calls it."""
    if profile.get("type") == "Localhost":
        path = profile.get("localhostProfile")
        return "Localhost" if path is None else f"localhost/{path}"
    return _NAMES.get(str(profile.get("type")), "")
