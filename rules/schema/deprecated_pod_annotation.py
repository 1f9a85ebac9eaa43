from collections.abc import Iterator

from hslint import (
    APPARMOR,
    INFO,
    SECCOMP,
    SECCOMP_OF_ONE,
    WARNING,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    pods_of,
    rule,
)

#: Annotations that nothing has read since long, and the field in their place.
_UNREAD = {
    "scheduler.alpha.kubernetes.io/critical-pod": "priorityClassName",
    "security.alpha.kubernetes.io/sysctls": "sysctls",
    "security.alpha.kubernetes.io/unsafe-sysctls": "sysctls",
}
_MARKS = (".alpha.kubernetes.io/", APPARMOR)
_TYPES = {"unconfined": "Unconfined", "runtime/default": "RuntimeDefault"}


@rule(WARNING, WORKLOADS, fields=("annotations",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """Pods are set up by an annotation that a field has replaced.

    The API server accepts it, with a warning. Nothing reads `critical-pod` and those for sysctls,
    nor, since 1.27, those for seccomp: the pod runs without what they say. The annotations for
    AppArmor still work, and are deprecated since 1.30.

    Write the field: `priorityClassName`, `securityContext.sysctls`,
    `securityContext.seccompProfile`, `securityContext.appArmorProfile`.
    (Source: pkg/api/pod: GetWarningsForPod; pkg/registry/core/pod: applyAppArmorVersionSkew.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations:
        seccomp.security.alpha.kubernetes.io/pod: runtime/default  # warning: nothing reads
        container.apparmor.security.beta.kubernetes.io/web: unconfined  # info: is deprecated
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
    spec:
      securityContext:
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: nginx:1.29
          securityContext:
            appArmorProfile:
              type: Unconfined
    ```
    """
    for pods in pods_of(manifest):
        for key in pods.annotations:
            if any(mark in key for mark in _MARKS):
                yield from _old(key, pods.template["metadata"]["annotations"][key], pods)


def _old(key: str, node: Node, pods: Pods) -> Iterator[Problem]:
    minor, context = pods.owner.minor, pods.spec["securityContext"]
    name = key.partition("/")[2]
    if key in _UNREAD:
        field = _UNREAD[key]
        there = pods.spec[field] if field == "priorityClassName" else context[field]
        yield _unread(key, node, field, lost=not there)
    elif _seccomp_alone(key, pods):
        yield _seccomp(key, node, minor)
    elif key.startswith(APPARMOR) and minor >= 30 and _without(pods, name, "appArmorProfile"):
        if _same(context["appArmorProfile"].mapping, node.string):
            return
        yield Problem(
            node.key,
            f"`{key}` is deprecated since 1.30, so the API server warns of it",
            help="write `appArmorProfile` under the container's `securityContext`",
            severity=INFO,
        )


def _seccomp_alone(key: str, pods: Pods) -> bool:
    """Whether an annotation for seccomp has no field beside it."""
    if key == SECCOMP:
        return not pods.spec["securityContext"]["seccompProfile"].mapping
    name = key.removeprefix(SECCOMP_OF_ONE)
    return name != key and _without(pods, name, "seccompProfile")


def _seccomp(key: str, node: Node, minor: int) -> Problem:
    if minor < 27:
        what = f"nothing reads `{key}` from Kubernetes 1.27 on"
        return Problem(node.key, what, help="write `seccompProfile` too", severity=INFO)
    return _unread(key, node, "seccompProfile", lost=node.string != "unconfined")


def _unread(key: str, node: Node, field: str, *, lost: bool) -> Problem:
    lost = lost and node.string != "false"
    result = ", so the pod runs without what it says" if lost else ""
    return Problem(
        node.key,
        f"nothing reads the annotation `{key}` any more{result}",
        help=f"write `{field}` instead" if lost else "remove it",
        severity=WARNING if lost else INFO,
    )


def _without(pods: Pods, name: str, field: str) -> bool:
    """Whether a container of this name has no such profile of its own."""
    for plain, *_ in pods.plain_containers:
        context = plain.get("securityContext")
        if plain.get("name") == name and not (isinstance(context, dict) and context.get(field)):
            return True
    return False


def _same(profile: dict[str, object], value: str) -> bool:
    """Whether the pod's profile is what the annotation says."""
    path = value.removeprefix("localhost/")
    if path != value:
        return profile == {"type": "Localhost", "localhostProfile": path}
    return bool(profile) and profile.get("type") == _TYPES.get(value, "-")
