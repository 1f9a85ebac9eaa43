from collections.abc import Iterator

from hslint import WARNING, WORKLOADS, Manifest, Node, Problem, pods_of, rule

_LISTED = ("configMap", "secret", "downwardAPI")


@rule(WARNING, WORKLOADS, fields=("items", "sources"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """Two files of a volume have the same path, or one stands where the other has a folder.

    The API server accepts it with a warning: the last file replaces the first, or the pod cannot
    start since `a` cannot be a file and the folder of `a/b`. A source of a `projected` volume
    without anything in it adds no file.

    Write another path.
    (Source: pkg/api/pod: warningsForOverlappingVirtualPaths.)

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
      volumes:
        - name: conf
          configMap:
            name: web
            items:
              - key: one
                path: a
              - key: two
                path: a/b  # warning: `a/b` and `a` cannot both be files
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
      volumes:
        - name: conf
          configMap:
            name: web
            items:
              - key: one
                path: a
              - key: two
                path: b
    ```
    """
    for pods in pods_of(manifest):
        for volume in pods.volumes:
            for kind in _LISTED:
                if kind in volume.mapping:
                    yield from _overlapping(_items(volume[kind]))
            if "projected" in volume.mapping:
                sources = list(volume["projected"]["sources"])
                yield from _overlapping([path for each in sources for path in _files(each)])
                for source in sources:
                    if not any(value is not None for value in source.mapping.values()):
                        what = "this source of the volume is empty, and adds no file"
                        yield Problem(source, what, help="remove it")


def _items(source: Node) -> list[Node]:
    return [item["path"] for item in source["items"]]


def _files(source: Node) -> list[Node]:
    """The files that a source of a projected volume writes."""
    paths = [path for kind in _LISTED for path in _items(source[kind])]
    return [*paths, source["serviceAccountToken"]["path"], source["clusterTrustBundle"]["path"]]


def _overlapping(paths: list[Node]) -> Iterator[Problem]:
    seen: dict[str, Node] = {}
    for node in paths:
        path = node.string.rstrip("/")
        if not path:
            continue
        for other, first in seen.items():
            if f"{path}/".startswith(f"{other}/") or f"{other}/".startswith(f"{path}/"):
                same = path == other
                yield Problem(
                    node,
                    f"`{path}` is written twice, and the last one counts"
                    if same
                    else f"`{path}` and `{other}` cannot both be files",
                    related=((first, "the first one"),),
                    help="write another path",
                )
                break
        seen.setdefault(path, node)
