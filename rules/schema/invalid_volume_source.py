from collections.abc import Callable, Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    amount_of,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

#: What is wrong with a source of a volume: where, why, and what to write.
Wrong = Iterator[tuple[Node, str, str]]


@rule(
    ERROR,
    WORKLOADS,
    fields=(
        *("cinder", "csi", "emptyDir", "flexVolume", "flocker", "gitRepo"),
        *("hostPath", "nfs", "quobyte", "storageos"),
    ),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A volume lacks what its sort needs, or has it in a form that the sort does not know.

    The API server rejects it: the path of an `nfs` share begins with `/`, that of a `hostPath` does
    not go up (`..`), and a `csi` driver's name is a DNS name.

    Correct it.
    (Source: pkg/apis/core/validation: validateVolumeSource and what it calls.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
      volumes:
        - name: share
          nfs: {server: nfs.example.com, path: share}  # error: `path` is `share`, which does not
        - name: disk
          csi: {driver: disk_driver}  # error: `disk_driver` cannot be the name of a driver
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
      volumes:
        - name: share
          nfs: {server: nfs.example.com, path: /share}
        - name: disk
          csi: {driver: disk.example.com}
    ```
    """
    for pods in pods_of(manifest):
        for volume in pods.volumes:
            for sort in volume.mapping.keys() & _SORTS.keys():
                if isinstance(volume.mapping[sort], dict):
                    for node, what, help_ in _SORTS[sort](volume[sort]):
                        if not has_placeholder(node.string):
                            yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _path(source: Node) -> Wrong:
    path = source["path"]
    if path.string and path.string[0] != "/":
        yield path, f"`path` is `{path.string}`, which does not begin with `/`", "begin with `/`"


def _back(source: Node) -> Wrong:
    path = source["path"]
    if ".." in path.string.split("/"):
        yield path, f"`path` is `{path.string}`, and `..` is not allowed", "write the whole path"


def _secret(source: Node, field: str = "secretRef") -> Wrong:
    reference = source[field]
    if isinstance(reference.value, dict):
        if not reference["name"].value:
            yield reference, f"`{field}` has no name", "write `name`"
        elif field != "secretRef" and (reason := formats.dns_subdomain(reference["name"].string)):
            what = f"`{reference['name'].string}` cannot be the name of a Secret: {reason}"
            yield reference["name"], what, "write the name of the Secret"


def _csi(source: Node) -> Wrong:
    yield from _secret(source, "nodePublishSecretRef")
    name = source["driver"].string
    if name and (len(name) > 63 or formats.dns_subdomain(name.lower())):
        what = f"`{name}` cannot be the name of a driver: it is no DNS name of at most 63"
        yield source["driver"], f"{what} characters", "write the driver's name"


def _flocker(source: Node) -> Wrong:
    name, uuid = source["datasetName"], source["datasetUUID"]
    if bool(name.value) == bool(uuid.value):
        yield source, "it has either `datasetName` or `datasetUUID`", "write one of them"
    if "/" in name.string:
        yield name, f"`{name.string}` has a `/` in it", "write a name without `/`"


def _quobyte(source: Node) -> Wrong:
    registry, tenant = source["registry"], source["tenant"]
    for pair in registry.string.split(",") if registry.string else ():
        host, colon, port = pair.rpartition(":")
        bare = host[1:-1] if host[:1] == "[" and host[-1:] == "]" else host
        if not colon or set(port) & set("[]") or set(bare) & set(":[]" if bare is host else "[]"):
            yield registry, f"`{pair}` is no `host:port`", "write `host:port`, by commas"
    if len(tenant.string.encode()) > 64:
        yield tenant, "`tenant` has more than 64 characters", "write the tenant's UUID"


def _flex(source: Node) -> Wrong:
    for key in source["options"].mapping:
        if f".{key.split('/', 1)[0].lower()}".endswith((".kubernetes.io", ".k8s.io")):
            yield source["options"][key].key, f"`{key}` is kept for Kubernetes", "rename it"


def _empty(source: Node) -> Wrong:
    limit = source["sizeLimit"]
    if (amount_of(limit.value) or 0) < 0:
        yield limit, "`sizeLimit` is negative", "write how much"


def _git(source: Node) -> Wrong:
    folder = source["directory"]
    if folder.string[:1] == "/" or ".." in folder.string.split("/"):
        what = f"`directory` is `{folder.string}`, which is not within the volume"
        yield folder, what, "write a path within"


_SORTS: dict[str, Callable[[Node], Wrong]] = {
    "cinder": _secret,
    "csi": _csi,
    "emptyDir": _empty,
    "flexVolume": _flex,
    "flocker": _flocker,
    "gitRepo": _git,
    "hostPath": _back,
    "nfs": _path,
    "quobyte": _quobyte,
    "storageos": _secret,
}
