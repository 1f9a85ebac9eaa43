from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Pods, Problem, has_placeholder, pods_of, rule

Steps = tuple[str | int, ...]
#: The way below a value, what is wrong there, and what to write.
Wrong = tuple[Steps, str, str]

_ITEMS = ("configMap", "secret", "downwardAPI")
_SUB_PATHS = ("subPath", "subPathExpr")
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
        for steps, what, help_ in _wrong(pods):
            node = pods.spec.at(steps)
            if not has_placeholder(node.string):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(pods: Pods) -> Iterator[Wrong]:
    for volume, number in pods.plain_volumes:
        for steps, what, help_ in _volume(volume, pods.owner.minor):
            yield ("volumes", number, *steps), what, help_
    for container, field, number in pods.plain_containers:
        mounts = container.get("volumeMounts")
        if field == "ephemeralContainers" or not isinstance(mounts, list):
            continue
        for index, mount in enumerate(mounts):
            for name in _SUB_PATHS if isinstance(mount, dict) else ():
                if mount.get(name):
                    yield from _path((field, number, "volumeMounts", index, name), mount[name])


def _volume(volume: dict[str, object], minor: int) -> Iterator[Wrong]:
    name = volume.get("name")
    title = f"volume `{name if isinstance(name, str) else ''}`"
    kinds = [k for k, value in volume.items() if k != "name" and value is not None]
    if minor < 35 and "image" in kinds:
        return  # dropped with all that is in it: dropped-field says so
    if len(kinds) > 1:
        what = f"{title} is both `{kinds[0]}` and `{kinds[1]}`"
        yield (kinds[1],), what, "leave one of them out"
    yield from _files(volume)
    projected = volume.get("projected")
    sources = projected.get("sources") if isinstance(projected, dict) else None
    for number, source in enumerate(sources if isinstance(sources, list) else ()):
        if not isinstance(source, dict):
            continue
        at = ("projected", "sources", number)
        known = [k for k in source if source[k] is not None and (minor >= 37 or k not in _SINCE_37)]
        if len(known) > 1:
            yield at, f"a source of {title} is two at once", "make two sources of it"
        for steps, what, help_ in _files(source):
            yield (*at, *steps), what, help_


def _files(holder: dict[str, object]) -> Iterator[Wrong]:
    """What is wrong with the paths of the files that a volume, or a source of it, lists."""
    for kind in _ITEMS:
        source = holder.get(kind)
        items = source.get("items") if isinstance(source, dict) else None
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield from _path((kind, "items", number, "path"), item.get("path"))


def _path(at: Steps, text: object) -> Iterator[Wrong]:
    field = at[-1]
    if not isinstance(text, str):
        return
    if not text:
        yield at, f"`{field}` is empty", "write where the file stands in the volume"
    elif text[0] == "/":
        yield at, f"`{field}` is `{text}`, which is no relative path", "leave out the first `/`"
    elif ".." in text.split("/"):
        yield at, f"`{field}` is `{text}`, which leads out of the volume", "write a path within"
    elif field == "path" and text.startswith(".."):
        yield at, f"`{field}` is `{text}`, and `..` is for names of the kubelet", "rename it"
