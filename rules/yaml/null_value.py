from collections.abc import Iterator

from hslint import INFO, UNSAFE, WARNING, Fix, Manifest, Node, Problem, pods_of, rule


@rule(WARNING, fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A label, a selector or a list item has no value.

    A key with nothing behind it is null to YAML. In a map of texts Kubernetes makes an empty text
    of it: the selector then looks for pods whose label is empty, and finds none. A null item of a
    list becomes an empty text, a zero or an empty object, whatever the list holds.

    Write the value, delete the key, or write `""` if it is meant to be empty.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app:  # warning: `app` has no value
      ports:
        - name: db
          port: 5432
    ```

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
    spec:
      containers:
        - name: db
          image: postgres:17
          args:
            - -c
            -  # warning: this item of `args` is empty
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
      labels:
        app: db
        hidden: ""
    spec:
      containers:
        - name: db
          image: postgres:17
          args:
            - -c
            - max_connections=50
    ```
    """
    for labels in _labels(manifest):
        yield from _label(labels)
    if manifest.has_empty_item:
        said = {fault.path for fault in manifest.faults}
        for many in manifest.root.find(lambda _, value: isinstance(value, list) and None in value):
            for item in many:
                if item.value is None and item.path[len(manifest.root.path) :] not in said:
                    yield _empty(item)


def _label(labels: Node) -> Iterator[Problem]:
    for key, value in labels.items():
        if value.value is None:
            marks = "/" in key and labels.path[-1] == "labels"  # node-role.kubernetes.io/worker:
            yield Problem(
                value.key,
                f"`{key}` has no value, so it is the empty text",
                help=f'write `{key}: ""` if it is meant to be empty',
                severity=INFO if marks else None,
                fix=Fix.write(value, ""),
            )


def _labels(manifest: Manifest) -> Iterator[Node]:
    """The labels and selectors of an object and its pods that have a null; mostly none."""
    if _has_null(manifest.metadata.get("labels")):
        yield manifest["metadata"]["labels"]
    selector = manifest.spec.mapping.get("selector")
    if isinstance(selector, dict):
        if _has_null(selector.get("matchLabels")):
            yield manifest.spec["selector"]["matchLabels"]
        if manifest.type in ("Service", "ReplicationController") and _has_null(selector):
            yield manifest.spec["selector"]
    for pods in pods_of(manifest):
        # A Pod is its own template.
        if pods.template is not manifest.root and _has_null(pods.labels_node.value):
            yield pods.labels_node


def _has_null(labels: object) -> bool:
    return isinstance(labels, dict) and None in labels.values()


def _empty(item: Node) -> Problem:
    field = next((step for step in reversed(item.path) if isinstance(step, str)), "the list")
    return Problem(
        item,
        f"this item of `{field}` is empty: it is null to YAML",
        help='write its value, delete it, or write `""` if it is meant to be empty',
    )
