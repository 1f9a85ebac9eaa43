from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, rule

_MANAGED_BY = "endpointslice.kubernetes.io/managed-by"
_RESERVED = {
    "endpointslice-controller.k8s.io": "of Services with a selector",
    "endpointslicemirroring-controller.k8s.io": "that mirror Endpoints",
}


@rule(WARNING, "EndpointSlice")
def check(manifest: Manifest) -> Iterator[Problem]:
    """An EndpointSlice written by hand says that the control plane manages it.

    The control plane takes it for one of its own, and changes or deletes it as it likes. This often
    comes from copying a slice out of a cluster.

    Write a name of your own in the label `endpointslice.kubernetes.io/managed-by`.
    (Source: k8s.io/endpointslice: Reconcile.)

    ```yaml bad
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
        endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io  # warning: its own
    addressType: IPv4
    ports:
      - port: 5432
    endpoints:
      - addresses:
          - 10.1.2.3
    ```

    ```yaml good
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
        endpointslice.kubernetes.io/managed-by: staff.example.com
    addressType: IPv4
    ports:
      - port: 5432
    endpoints:
      - addresses:
          - 10.1.2.3
    ```
    """
    label = manifest["metadata"]["labels"][_MANAGED_BY]
    what = _RESERVED.get(label.string)
    metadata = manifest["metadata"]
    if what and not metadata["uid"] and not metadata["ownerReferences"]:
        yield Problem(
            label.entry,
            f"`{label.string}` marks slices {what}, so the control plane takes {manifest.title}"
            " for its own and may delete it",
            help="write a name of your own, such as `cluster-admins`",
        )
