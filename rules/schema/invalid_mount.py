from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, has_placeholder, pods_of, rule

_RECURSIVE = ("Disabled", "Enabled", "IfPossible")


@rule(
    ERROR,
    WORKLOADS,
    fields=("recursiveReadOnly", "mountPropagation", "subPathExpr", "volumeDevices"),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A container mounts a volume in a way that excludes another, or that it may not.

    The API server rejects it: `recursiveReadOnly` needs `readOnly: true`, `mountPropagation:
    Bidirectional` a privileged container, and `subPath` excludes `subPathExpr`.

    Leave one of them out. (Source: pkg/apis/core/validation: ValidateVolumeMounts.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          volumeMounts:
            - name: tmp
              mountPath: /tmp
              mountPropagation: Bidirectional  # error: needs a privileged container
              recursiveReadOnly: Enabled  # error: `recursiveReadOnly` needs `readOnly: true`
      volumes:
        - name: tmp
          emptyDir: {}
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          volumeMounts:
            - name: tmp
              mountPath: /tmp
              readOnly: true
              recursiveReadOnly: Enabled
      volumes:
        - name: tmp
          emptyDir: {}
    ```
    """
    for pods in pods_of(manifest):
        for plain, field, number in pods.plain_containers:
            if "volumeDevices" in plain:
                yield from _devices(manifest, pods, pods.spec[field][number])
            if "volumeMounts" not in plain:
                continue
            container = pods.spec[field][number]
            privileged = container["securityContext"]["privileged"].value is True
            for mount in container["volumeMounts"]:
                for node, what, help_ in _wrong(mount, privileged=privileged):
                    if node.path[-1] == "subPathExpr" or not has_placeholder(node.string):
                        yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(mount: Node, *, privileged: bool) -> Iterator[tuple[Node, str, str]]:
    recursive, spread = mount["recursiveReadOnly"], mount["mountPropagation"]
    if isinstance(recursive.value, str) and recursive.string not in _RECURSIVE:
        takes = "`Disabled`, `Enabled` or `IfPossible`"
        what = f"`recursiveReadOnly` takes {takes}, not `{recursive.string}`"
        yield recursive, what, "leave it out"
    elif recursive.string in _RECURSIVE[1:] and mount["readOnly"].value is not True:
        yield recursive, "`recursiveReadOnly` needs `readOnly: true`", "write `readOnly: true`"
    if spread.string == "Bidirectional" and not privileged:
        what = "`mountPropagation: Bidirectional` needs a privileged container"
        yield spread, what, "leave it out"
    if mount["subPath"].string and mount["subPathExpr"].string:
        yield mount["subPathExpr"].key, "`subPathExpr` excludes `subPath`", "leave one of them out"


def _devices(manifest: Manifest, pods: Pods, container: Node) -> Iterator[Problem]:
    """Devices that are no claims' volumes, or stand where a volume is mounted."""
    sorts = {volume["name"].string: volume for volume in pods.volumes}
    claims = (claim["metadata"]["name"].string for claim in manifest.spec["volumeClaimTemplates"])
    sorts = {name: volume for name, volume in sorts.items() if name not in claims}
    mounts = [*container["volumeMounts"]]
    for device in container["volumeDevices"]:
        name, path = device["name"], device["devicePath"]
        volume = sorts.get(name.string)
        if volume and not volume["persistentVolumeClaim"] and not volume["ephemeral"]:
            what = f"volume `{name.string}` is no claim, and cannot be a device"
            yield Problem(name, f"{what}, {pods.rejection}", help="mount it")
        for node, field in ((name, "name"), (path, "mountPath")):
            if node.string and any(mount[field].string == node.string for mount in mounts):
                what = f"`{node.string}` is mounted as well"
                yield Problem(node, f"{what}, {pods.rejection}", help="do one of them")
        if ".." in path.string.split("/"):
            what = f"`devicePath` is `{path.string}`, and `..` is not allowed"
            yield Problem(path, f"{what}, {pods.rejection}", help="write the whole path")
