from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, has_placeholder, pods_of, rule

_POD = ("spec", "template", "spec")
_FIELDS = ("annotations", "labels", "name", "namespace", "uid")
_NAMED = ("configMap", "secret")


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
        for volume in pods.spec["volumes"] if "volumes" in pods.spec.mapping else ():
            for node, what, help_ in (*_projected(volume), *_items(volume["downwardAPI"])):
                if not has_placeholder(node.string):
                    yield Problem(node, f"{what}, {manifest.rejection(_POD)}", help=help_)


def _projected(volume: Node) -> Iterator[tuple[Node, str, str]]:
    seen = set()
    for source in volume["projected"]["sources"]:
        yield from _items(source["downwardAPI"])
        for kind in _NAMED:
            if isinstance(source.mapping.get(kind), dict) and not source[kind]["name"].value:
                yield source[kind], f"this `{kind}` has no name", "write `name`"
        for kind in (*_NAMED, "downwardAPI"):
            for item in source[kind]["items"]:
                path = item["path"]
                if path.string in seen:
                    yield path, f"`{path.string}` is written twice", "write another path"
                seen.add(path.string)


def _items(downward: Node) -> Iterator[tuple[Node, str, str]]:
    for item in downward["items"]:
        field, resource = item["fieldRef"], item["resourceFieldRef"]
        if field and resource:
            yield item, "a file takes a field or a resource, not both", "leave one of them out"
        elif not field and not resource:
            yield item, "a file takes a field or a resource of the pod", "write `fieldRef`"
        path, version = field["fieldPath"], field["apiVersion"]
        if version.string not in ("", "v1"):
            yield field, f"`{version.string}` is no version of pods", "leave `apiVersion` out"
        if isinstance(path.value, str) and not _is_known(path.string):
            what = f"`{path.string}` cannot be taken from a pod"
            yield path, what, f"write `metadata.` and one of {', '.join(_FIELDS)}"


def _is_known(path: str) -> bool:
    head, _, field = path.partition(".")
    bare, bracket, _ = field.partition("['")
    return head == "metadata" and bare in (_FIELDS[:2] if bracket else _FIELDS)
