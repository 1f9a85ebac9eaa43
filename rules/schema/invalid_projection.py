from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

_FIELDS = ("annotations", "labels", "name", "namespace", "uid")
_LISTED = ("secret", "configMap", "downwardAPI")
_OF_CERTIFICATE = ("credentialBundlePath", "keyPath", "certificateChainPath")
#: What is wrong with a source: where, why, and what to write.
Wrong = Iterator[tuple[Node, str, str]]


@rule(ERROR, WORKLOADS, fields=("projected", "downwardAPI"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A file of a volume is written by two sources, or takes what a pod does not have.

    The API server rejects it. Each file of a `projected` volume has a path of its own. A file takes
    the pod's `metadata.` `name`, `namespace`, `uid`, `labels` or `annotations`, or a resource of a
    container, not both.

    Correct it.
    (Source: pkg/apis/core/validation: validateProjectionSources, validateDownwardAPIVolumeFile.)

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
        - name: all
          projected:
            sources:
              - downwardAPI:
                  items:
                    - path: name
                      fieldRef: {fieldPath: metadata.name}
                    - path: name  # error: `name` is written twice
                      fieldRef: {fieldPath: spec.nodeName}  # error: `spec.nodeName` cannot be taken
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
        - name: all
          projected:
            sources:
              - downwardAPI:
                  items:
                    - path: name
                      fieldRef: {fieldPath: metadata.name}
    ```
    """
    for pods in pods_of(manifest):
        for volume in pods.volumes:
            for node, what, help_ in (*_projected(volume, pods), *_items(volume["downwardAPI"])):
                if not has_placeholder(node.string):
                    yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _projected(volume: Node, pods: Pods) -> Wrong:
    seen = set()
    for source in volume["projected"]["sources"]:
        yield from _items(source["downwardAPI"])
        for path in _paths(source, pods.owner.minor):
            once = path.path[-2] != "serviceAccountToken"  # overlapping-file-paths looks at it
            if once and path.string in seen:
                yield path, f"`{path.string}` is written twice", "write another path"
            if once:
                seen.add(path.string)
            if path.path[-2] not in _LISTED and not _is_within(path.string):
                what = f"`{path.string}` is no path within the volume"
                yield path, what, "write a path within"


def _paths(source: Node, minor: int) -> Iterator[Node]:
    """The files that a source writes."""
    paths = [item["path"] for kind in _LISTED for item in source[kind]["items"]]
    if minor >= 37:
        paths.append(source["clusterTrustBundle"]["path"])
        paths += (source["podCertificate"][field] for field in _OF_CERTIFICATE)
    paths.append(source["serviceAccountToken"]["path"])
    return (path for path in paths if path.string)


def _is_within(path: str) -> bool:
    return path[0] != "/" and ".." not in path.split("/") and not path.startswith("..")


def _items(downward: Node) -> Wrong:
    for item in downward["items"]:
        field, resource = item["fieldRef"], item["resourceFieldRef"]
        if field and resource:
            yield item, "a file takes a field or a resource, not both", "leave one of them out"
        elif not field and not resource:
            yield item, "a file takes a field or a resource of the pod", "write `fieldRef`"
        path, version = field["fieldPath"], field["apiVersion"]
        if version.string not in ("", "v1"):
            yield (
                field,
                f"`{version.string}` is no version of pods with such a `fieldPath`",
                "leave `apiVersion` out",
            )
        if isinstance(path.value, str) and not _is_known(path.string):
            what = f"`{path.string}` cannot be taken from a pod"
            yield path, what, f"write `metadata.` and one of {', '.join(_FIELDS)}"


def _is_known(path: str) -> bool:
    head, _, field = path.partition(".")
    bare, bracket, key = field.partition("['")
    if bracket and (key[-2:] != "']" or formats.label_key(key[:-2].lower())):
        return False
    return head == "metadata" and bare in (_FIELDS[:2] if bracket else _FIELDS)
