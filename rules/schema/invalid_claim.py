from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    amount_of,
    claim_templates,
    pods_of,
    rule,
)

_ONCE = "ReadWriteOncePod"
_SOURCES = ("dataSource", "dataSourceRef")
_OF_TEMPLATE = ("labels", "annotations")


@rule(ERROR, WORKLOADS, "PersistentVolumeClaim", fields=("accessModes", "resources"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A claim of a volume has no name, no size, or two sources of data that differ.

    The API server rejects it, or up to 1.33 the claims of a StatefulSet: none of its pods is
    created. A size is more than nothing; `ReadWriteOncePod` goes with no other access mode; what
    data comes from has an API group, unless it is another claim; and `dataSource` repeats
    `dataSourceRef`, or is left out.

    Correct it.
    (Source: pkg/apis/core/validation: ValidatePersistentVolumeClaimSpec, validateDataSourceRef,
    ValidateTemplateObjectMeta.)

    ```yaml bad
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec:
      accessModes: [ReadWriteOncePod, ReadOnlyMany]  # error: goes with no other access mode
      resources:  # error: has no size
        requests: {size: 1Gi}
    ```

    ```yaml bad 1.34
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
            - name: db
              image: mongo:8
              volumeMounts:
                - name: data
                  mountPath: /data
      volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            dataSourceRef: {kind: VolumeSnapshot, name: old}  # error: no API group
            resources: {requests: {storage: 0}}  # error: `storage` is not above 0
        - metadata: {}  # error: this claim has no name
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
    ```

    ```yaml good
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: old}
      resources:
        requests: {storage: 1Gi}
    ```
    """
    for node, what, help_ in _wrong(manifest):
        yield Problem(node, f"{what}, {manifest.rejection(node.path)}", help=help_)


def _wrong(manifest: Manifest) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    if manifest.type == "PersistentVolumeClaim":
        yield from _claim(manifest.spec)
        return
    for claim in claim_templates(manifest) if "." not in manifest.type else ():
        yield from _claim(claim["spec"])
        yield from _data(claim["spec"])
        if not claim["metadata"]["name"].value:
            yield claim["metadata"], "this claim has no name", "write `metadata.name`"
    for pods in pods_of(manifest):
        for claim in pods.claims:
            yield from _claim(claim["spec"])
            yield from _data(claim["spec"])
            for field, value in claim["metadata"].items():
                if field not in _OF_TEMPLATE and value.value:
                    what = f"`{field}` cannot be set in the template of a volume's claim"
                    yield value, what, "leave it out"


def _claim(spec: Node) -> Iterator[tuple[Node, str, str]]:
    written = spec.mapping
    listed = written.get("accessModes")
    modes = [m for m in listed if isinstance(m, str)] if isinstance(listed, list) else []
    if _ONCE in modes and any(mode not in ("", _ONCE) for mode in modes):
        what = f"`{_ONCE}` goes with no other access mode"
        yield spec["accessModes"], what, "leave the others out"
    resources = written.get("resources")
    requests = resources.get("requests") if isinstance(resources, dict) else None
    if isinstance(requests, dict) and "storage" in requests:
        size = amount_of(requests["storage"] or 0)
        if size is not None and size <= 0:
            at = spec["resources"]["requests"]["storage"]
            yield at, "`storage` is not above 0", "write how much"
    elif resources is not None:  # missing-field says that there are no resources
        yield spec["resources"], "this claim has no size", "write `requests.storage`"


def _data(spec: Node) -> Iterator[tuple[Node, str, str]]:
    """Where data comes from. The store of claims itself drops what it does not know."""
    if spec.mapping.keys().isdisjoint(_SOURCES):
        return
    source, reference = spec["dataSource"], spec["dataSourceRef"]
    for node in (source, reference):
        kind = node["kind"].string
        if kind and kind != "PersistentVolumeClaim" and not node["apiGroup"].value:
            yield node, f"the kind `{kind}` has no API group", "write `apiGroup`"
    if source and reference["namespace"].value:
        what = "`dataSource` cannot stand beside `dataSourceRef.namespace`"
        yield source, what, "leave it out"
    elif source and reference and _who(source) != _who(reference):
        yield source, "`dataSource` is not what `dataSourceRef` is", "leave it out"


def _who(reference: Node) -> list[object]:
    return [reference[field].value for field in ("apiGroup", "kind", "name")]
