from collections.abc import Iterator

from hslint import ERROR, WARNING, Manifest, Problem, World, map_selector, rule

_SERVICE_NAME = "kubernetes.io/service-name"


@rule(ERROR, "Endpoints", "EndpointSlice")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Endpoints are written by hand for a Service that selects its pods itself.

    The control plane writes the Endpoints of a Service with a selector, and overwrites these. An
    EndpointSlice stays, and its addresses are added to those of the pods: some requests go there.

    Remove the selector of the Service, or these Endpoints.
    (Sources: pkg/controller/endpoint: syncService; k8s.io/endpointslice: Reconcile.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: web  # error: Service `web` has a selector, so the control plane overwrites these
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - port: 80
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: web-old
      labels:
        kubernetes.io/service-name: web  # warning: these addresses are added to those of its pods
    addressType: IPv4
    ports:
      - port: 80
    endpoints:
      - addresses:
          - 10.1.2.3
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: web
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - port: 80
    ```
    """
    metadata = manifest["metadata"]
    if metadata["uid"] or metadata["ownerReferences"]:
        return  # a copy of what the control plane wrote
    is_slice = manifest.type == "EndpointSlice"
    node = metadata["labels"][_SERVICE_NAME] if is_slice else metadata["name"]
    services = world.named("Service", node.string, manifest)
    selecting = [s for s in services if map_selector(s.spec["selector"])]
    if not selecting or len(selecting) < len(services):
        return
    if selecting[0].spec["type"].string == "ExternalName":
        return
    result = (
        "these addresses are added to those of its pods"
        if is_slice
        else "the control plane overwrites these Endpoints"
    )
    yield Problem(
        node,
        f"{selecting[0].title} has a selector, so {result}",
        related=((selecting[0].spec["selector"], "it selects pods"),),
        help="remove the selector from the Service, if these addresses are meant",
        severity=WARNING if is_slice else None,
    )
