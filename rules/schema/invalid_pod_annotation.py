from collections.abc import Iterator

from hslint import (
    APPARMOR,
    ERROR,
    SECCOMP,
    SECCOMP_OF_ONE,
    WORKLOADS,
    Manifest,
    Pods,
    Problem,
    has_placeholder,
    pods_of,
    rule,
)

_COST = "controller.kubernetes.io/pod-deletion-cost"
_MIRROR = "kubernetes.io/config.mirror"
_PROFILES = "write `runtime/default`, `unconfined` or `localhost/` and a name"


@rule(ERROR, WORKLOADS, fields=("annotations",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An annotation that pods are set up by has a value that means nothing.

    The API server rejects it: profiles of AppArmor and seccomp are `runtime/default`, `unconfined`
    or `localhost/` and a name, for a container that the pod has; a `pod-deletion-cost` is a number
    of 32 bits; and only a pod on a node can be a mirror.

    Correct it, or write the profile under `securityContext`, which took the place of annotations.
    (Source: pkg/apis/core/validation: ValidatePodSpecificAnnotations.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations:
        container.apparmor.security.beta.kubernetes.io/wbe: unconfined  # error: no container `wbe`
        controller.kubernetes.io/pod-deletion-cost: low  # error: no number of 32 bits
    spec:
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
        controller.kubernetes.io/pod-deletion-cost: "-10"
    spec:
      containers:
        - name: web
          image: nginx:1.29
          securityContext:
            appArmorProfile:
              type: Unconfined
    ```
    """
    for pods in pods_of(manifest):
        for key, value in pods.annotations.items():
            if ".kubernetes.io/" not in key and key != _MIRROR:
                continue
            if not isinstance(value, str | None) or has_placeholder(key + (value or "")):
                continue
            for what, help_ in _wrong(key, value or "", pods):
                node = pods.template["metadata"]["annotations"][key]
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(key: str, value: str, pods: Pods) -> Iterator[tuple[str, str]]:
    """What is wrong with an annotation, and what to write."""
    if key.startswith(APPARMOR):
        name = key.removeprefix(APPARMOR)
        if not pods.partial and name not in [c.get("name") for c, *_ in pods.plain_containers]:
            yield f"there is no container `{name}` for this AppArmor profile", "name a container"
        if value not in ("", "runtime/default", "unconfined") and value[:10] != "localhost/":
            yield f"`{value}` is no AppArmor profile", _PROFILES
    elif key == SECCOMP or key.startswith(SECCOMP_OF_ONE):
        yield from _seccomp(value)
    elif key == _COST and not _is_cost(value):
        yield f"`{value}` is no number of 32 bits", 'write one, such as `"-10"`'
    elif key == _MIRROR:
        if not pods.spec["nodeName"].string:
            yield "a mirror pod needs a `nodeName`", "leave the annotation out: kubelets write it"
        claims = pods.owner.minor >= 34 and pods.owner.type == "Pod"  # before, they are dropped
        if claims and pods.spec["resourceClaims"].value:
            yield "a mirror pod has no `resourceClaims`", "leave one of them out"


def _seccomp(value: str) -> Iterator[tuple[str, str]]:
    path = value.removeprefix("localhost/")
    if path == value and value not in ("runtime/default", "docker/default", "unconfined"):
        yield f"`{value}` is no seccomp profile", _PROFILES
    elif path != value and (path[:1] == "/" or ".." in path.split("/")):
        yield f"`{path}` leads out of the kubelet's folder", "write a path within"


def _is_cost(value: str) -> bool:
    """Whether the server takes this for a number (GetDeletionCostFromPodAnnotations)."""
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or (value[0] == "0" and value != "0"):
        return False
    return len(digits.lstrip("0")) < 11 and -(2**31) <= int(value) < 2**31
