from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, has_placeholder, pods_of, rule

_ITEMS = ("configMap", "secret", "downwardAPI")
#: Sources that the server drops before 1.37: dropped-field says so.
_SINCE_37 = ("clusterTrustBundle", "podCertificate")


@rule(ERROR, WORKLOADS, fields=("volumes", "volumeMounts"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A volume holds two things at once, or a file of it has a path outside of it.

    The API server rejects it. A volume is one of `configMap`, `secret`, `emptyDir` and the others;
    without any it is an `emptyDir`. Paths of files in it, and a mount's `subPath`, are relative and
    do not go up (`..`).

    Make two volumes of it.
    (Source: pkg/apis/core/validation: validateVolumeSource, validateLocalDescendingPath.)

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
            - name: conf
              mountPath: /conf
              subPath: /a  # error: `subPath` is `/a`, which is no relative path
      volumes:
        - name: conf
          emptyDir: {}
          configMap:  # error: volume `conf` is both `emptyDir` and `configMap`
            name: web
            items:
              - key: a
                path: ../a  # error: `path` is `../a`, which leads out of the volume
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
            - name: conf
              mountPath: /conf
              subPath: a/b
      volumes:
        - name: conf
          configMap:
            name: web
            items:
              - key: a
                path: a/b
    ```
    """
    for pods in pods_of(manifest):
        for node, what, help_ in _wrong(pods.spec, manifest.minor):
            if not has_placeholder(node.string):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(spec: Node, minor: int) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    for volume in spec["volumes"] if "volumes" in spec.mapping else ():
        yield from _volume(volume, minor)
    for field in ("initContainers", "containers"):
        for container in spec[field] if field in spec.mapping else ():
            for mount in container["volumeMounts"]:
                for name in ("subPath", "subPathExpr"):
                    if mount[name].string:
                        yield from _path(mount[name])


def _volume(volume: Node, minor: int) -> Iterator[tuple[Node, str, str]]:
    title = f"volume `{volume['name'].string}`"
    kinds = [k for k, value in volume.mapping.items() if k != "name" and value is not None]
    if minor < 35 and "image" in kinds:
        return  # dropped with all that is in it: dropped-field says so
    if len(kinds) > 1:
        what = f"{title} is both `{kinds[0]}` and `{kinds[1]}`"
        yield volume[kinds[1]], what, "leave one of them out"
    sources = [volume[kind] for kind in _ITEMS if kind in volume.mapping]
    for projected in volume["projected"]["sources"]:
        sources += [projected[kind] for kind in _ITEMS]
        known = [k for k in projected.mapping if minor >= 37 or k not in _SINCE_37]
        if sum(bool(projected[k]) for k in known) > 1:
            yield projected, f"a source of {title} is two at once", "make two sources of it"
    for source in sources:
        for item in source["items"]:
            yield from _path(item["path"])


def _path(node: Node) -> Iterator[tuple[Node, str, str]]:
    text, field = node.string, node.path[-1]
    if not isinstance(node.value, str):
        return
    if not text:
        yield node, f"`{field}` is empty", "write where the file stands in the volume"
    elif text[0] == "/":
        yield node, f"`{field}` is `{text}`, which is no relative path", "leave out the first `/`"
    elif ".." in text.split("/"):
        yield node, f"`{field}` is `{text}`, which leads out of the volume", "write a path within"
    elif field == "path" and text.startswith(".."):
        yield node, f"`{field}` is `{text}`, and `..` is for names of the kubelet", "rename it"
