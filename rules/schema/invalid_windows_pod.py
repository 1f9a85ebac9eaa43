from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, has_placeholder, pods_of, rule

#: What only Linux has, in a pod, its security context, and those of its containers.
_IN_POD = ("hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources")
_IN_PODS_CONTEXT = (
    *("appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy"),
    *("sysctls", "runAsUser", "runAsGroup", "supplementalGroups", "supplementalGroupsPolicy"),
    "seLinuxChangePolicy",
)
_IN_CONTEXT = (
    *("appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "privileged"),
    *("readOnlyRootFilesystem", "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup"),
)
_NOT_IN_USER = '"/:;|=,+*?<>@[]'


@rule(ERROR, WORKLOADS, fields=("os", "windowsOptions"))
def check(manifest: Manifest) -> Iterator[Problem]:
    r"""A Windows pod has settings of Linux, or a Linux pod those of Windows.

    The API server rejects it where `os` says which of the two it is. A `hostProcess` container runs
    in the network of its node, and so do all containers beside it.

    Leave out what is of the other system.
    (Source: pkg/apis/core/validation: validateWindows, validateLinux,
    validateWindowsHostProcessPod, validateWindowsSecurityContextOptions.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      os: {name: windows}
      securityContext:
        fsGroup: 1000  # error: a Windows pod has no `fsGroup`
        windowsOptions:
          hostProcess: true  # error: `hostProcess` needs `hostNetwork: true`
          runAsUserName: 'a\b\c'  # error: `a\b\c` is no user of Windows
      containers:
        - name: web
          image: iis:1
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      os: {name: windows}
      hostNetwork: true
      securityContext:
        windowsOptions:
          hostProcess: true
          runAsUserName: 'NT AUTHORITY\SYSTEM'
      containers:
        - name: web
          image: iis:1
    ```
    """
    for pods in pods_of(manifest):
        for node, what, help_ in (*_of_system(pods), *_host_process(pods), *_users(pods)):
            if not has_placeholder(node.string):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _contexts(pods: Pods) -> list[Node]:
    return [container["securityContext"] for container in pods.all_containers]


def _of_system(pods: Pods) -> Iterator[tuple[Node, str, str]]:
    spec, system = pods.spec, pods.spec["os"]["name"].string
    if system == "linux":
        for context in (spec["securityContext"], *_contexts(pods)):
            if context["windowsOptions"]:
                options = context["windowsOptions"]
                yield options.key, "a Linux pod has no `windowsOptions`", "leave them out"
    elif system == "windows":
        fields = [spec[field] for field in _IN_POD]
        fields += [spec["securityContext"][field] for field in _IN_PODS_CONTEXT]
        fields += [context[field] for context in _contexts(pods) for field in _IN_CONTEXT]
        for field in fields:
            unset = field.value is False and field.path[-1] in ("hostPID", "hostIPC")
            if field and not unset and not (field.path[-1] == "sysctls" and not field.value):
                yield field.key, f"a Windows pod has no `{field.path[-1]}`", "leave it out"


def _host_process(pods: Pods) -> Iterator[tuple[Node, str, str]]:
    whole = pods.spec["securityContext"]["windowsOptions"]["hostProcess"]
    own = [context["windowsOptions"]["hostProcess"] for context in _contexts(pods)]
    for node in own:
        if node and whole and node.value != whole.value:
            yield node, "`hostProcess` is not that of the pod", "leave it out"
    running = [node.value if node else whole.value for node in own]
    if True not in running:
        return
    first = next(node for node in (whole, *own) if node.value is True)
    if not all(running):
        yield first, "some containers are `hostProcess` and some are not", "write it in the pod"
    if pods.spec["hostNetwork"].value is not True:
        yield first, "`hostProcess` needs `hostNetwork: true`", "write `hostNetwork: true`"


def _users(pods: Pods) -> Iterator[tuple[Node, str, str]]:
    for context in (pods.spec["securityContext"], *_contexts(pods)):
        user = context["windowsOptions"]["runAsUserName"]
        if user.string and not _is_user(user.string):
            yield user, f"`{user.string}` is no user of Windows", "write `DOMAIN\\USER`"


def _is_user(text: str) -> bool:
    domain, slash, name = text.rpartition("\\")
    if not text.isprintable() and any(ord(char) < 32 or ord(char) == 127 for char in text):
        return False
    if not name.strip(". ") or set(name) & set(_NOT_IN_USER) or len(name.encode()) > 104:
        return False
    return not slash or _is_domain(domain)


def _is_domain(text: str) -> bool:
    """Whether it is a NetBIOS or a DNS name."""
    if 0 < len(text) <= 15 and text[0] != "." and not set(text) & set('\\/:*?"<>|'):
        return True
    labels = text.split(".")
    return len(text) < 256 and all(
        0 < len(label) <= 63
        and label.isascii()
        and label.replace("-", "").isalnum()
        and "-" not in (label[0], label[-1])
        for label in labels
    )
