from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, has_placeholder, pods_of, rule

_PROFILES = ("seccompProfile", "appArmorProfile")
#: Parts of the kernel that a pod has for itself, by the prefix of their settings.
_OF_NETWORK = ("net.",)
_OF_IPC = ("kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue.")
_IN_SYSCTL = "abcdefghijklmnopqrstuvwxyz0123456789"


@rule(ERROR, WORKLOADS, fields=("securityContext", "hostUsers", "shareProcessNamespace"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A security context contradicts itself, or names a profile that cannot be.

    The API server rejects it: a `localhostProfile` goes with `type: Localhost` and is a path within
    the kubelet's folder; what is privileged may escalate; `procMount: Unmasked` needs
    `hostUsers: false`, which excludes the host's own namespaces; and a sysctl belongs to the pod
    only where the pod does not share the host's namespace.

    Leave one of them out.
    (Source: pkg/apis/core/validation: ValidateSecurityContext, validatePodSpecSecurityContext,
    validateHostUsers, validateSysctls.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext:
        seccompProfile:
          type: RuntimeDefault
          localhostProfile: web.json  # error: goes with `type: Localhost` only
        sysctls:
          - name: net core  # error: `net core` is no setting of the kernel
      containers:
        - name: web
          image: nginx:1.29
          securityContext:
            privileged: true
            allowPrivilegeEscalation: false  # error: a privileged container may escalate
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext:
        seccompProfile:
          type: Localhost
          localhostProfile: profiles/web.json
        sysctls:
          - name: net.core.somaxconn
            value: "1024"
      containers:
        - name: web
          image: nginx:1.29
          securityContext:
            allowPrivilegeEscalation: false
    ```
    """
    for pods in pods_of(manifest):
        for node, what, help_ in _wrong(pods, manifest.minor):
            if not has_placeholder(node.string):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(pods: Pods, minor: int) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    yield from _of_pod(pods.spec, minor)
    for container, field, number in pods.plain_containers:
        if isinstance(container.get("securityContext"), dict):
            context = pods.spec[field][number]["securityContext"]
            yield from _profiles(context)
            yield from _of_container(context)
            if minor >= 33:  # before, it is dropped
                yield from _unmasked(context, pods.spec)


def _of_pod(spec: Node, minor: int) -> Iterator[tuple[Node, str, str]]:
    written = spec.mapping
    if "securityContext" in written:
        yield from _profiles(spec["securityContext"])
        yield from _sysctls(spec)
    if written.get("shareProcessNamespace") is True and written.get("hostPID") is True:
        what = "`shareProcessNamespace` excludes `hostPID`"
        yield spec["shareProcessNamespace"], what, "leave one of them out"
    if written.get("hostUsers") is False and minor >= 33:  # before, it is dropped
        for field in ("hostNetwork", "hostPID", "hostIPC"):
            if written.get(field) is True:
                what = f"`{field}` excludes `hostUsers: false`"
                yield spec[field], what, "leave one of them out"
        for container in (*spec["initContainers"], *spec["containers"]):
            if container["volumeDevices"].value and minor >= 34:
                what = "`volumeDevices` exclude `hostUsers: false`"
                yield container["volumeDevices"], what, "leave one of them out"


def _profiles(context: Node) -> Iterator[tuple[Node, str, str]]:
    for kind in _PROFILES:
        if not isinstance(context.mapping.get(kind), dict):
            continue
        profile, path = context[kind], context[kind]["localhostProfile"]
        if profile["type"].string != "Localhost":
            if path:
                yield path, "`localhostProfile` goes with `type: Localhost` only", "leave it out"
        elif not path or (kind == _PROFILES[1] and not path.string.strip()):
            yield profile, "`type: Localhost` needs a `localhostProfile`", "write its path"
        elif kind == _PROFILES[0] and (path.string[:1] == "/" or ".." in path.string.split("/")):
            what = f"`{path.string}` leads out of the kubelet's folder"
            yield path, what, "write a path within"
        elif kind == _PROFILES[1] and (
            path.string != path.string.strip() or len(path.string.encode()) > 4095
        ):
            yield path, "`localhostProfile` has blanks around it, or is too long", "shorten it"


def _of_container(context: Node) -> Iterator[tuple[Node, str, str]]:
    written = context.mapping
    if written.get("allowPrivilegeEscalation") is not False:
        return
    escalation = context["allowPrivilegeEscalation"]
    if written.get("privileged") is True:
        yield escalation, "a privileged container may escalate", "leave it out"
    for capability in context["capabilities"]["add"]:
        if capability.string == "CAP_SYS_ADMIN":
            yield escalation, "`CAP_SYS_ADMIN` lets a container escalate", "leave it out"


def _unmasked(context: Node, spec: Node) -> Iterator[tuple[Node, str, str]]:
    is_unmasked = context.mapping.get("procMount") == "Unmasked"
    if is_unmasked and spec.mapping.get("hostUsers") is not False:
        what = "`procMount: Unmasked` needs `hostUsers: false`"
        yield context["procMount"], what, "write `hostUsers: false`"


def _sysctls(spec: Node) -> Iterator[tuple[Node, str, str]]:
    seen = set()
    for sysctl in spec["securityContext"]["sysctls"]:
        name = sysctl["name"]
        dotted = name.string.replace("/", ".")
        if not name.string:
            continue  # empty-field says so
        if len(name.string) > 253 or not all(map(_is_segment, dotted.split("."))):
            yield name, f"`{name.string}` is no setting of the kernel", "write one like `net.a.b`"
        elif name.string in seen:
            yield name, f"`{name.string}` is set twice", "leave one of them out"
        seen.add(name.string)
        for field, prefixes in (("hostNetwork", _OF_NETWORK), ("hostIPC", _OF_IPC)):
            if spec[field].value is True and dotted.startswith(prefixes):
                yield name, f"`{name.string}` is the host's with `{field}`", "leave it out"


def _is_segment(text: str) -> bool:
    ends = text[:1] in _IN_SYSCTL and text[-1:] in _IN_SYSCTL
    return bool(text) and ends and not text.strip(_IN_SYSCTL + "-_")
