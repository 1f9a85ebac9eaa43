from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Node, Problem, World, closest, map_selector, rule

_SERVICE_NAME = "kubernetes.io/service-name"


@rule(WARNING, "Endpoints", "EndpointSlice", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Endpoints or an EndpointSlice belong to a Service that does not exist.

    Nobody uses the addresses. Endpoints belong to the Service of the same name, an EndpointSlice to
    the one in its label `kubernetes.io/service-name`, always in the same namespace.

    Correct the name, or add a Service without a selector.
    (Source: pkg/controller/endpointslicemirroring: syncEndpoints.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      ports:
        - port: 5432
    ---
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: databse  # warning: no Service `databse` in the files given
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - port: 5432
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      ports:
        - port: 5432
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv4
    ports:
      - port: 5432
    endpoints:
      - addresses:
          - 10.1.2.3
    ```
    """
    node = manifest["metadata"]["name"]
    if manifest.type == "EndpointSlice":
        node = manifest["metadata"]["labels"][_SERVICE_NAME]
    name = node.string
    # Addresses without a Service are for programs: locks for leader election among them.
    if not name or not (manifest["subsets"] or manifest["endpoints"]):
        return
    if world.named("Service", name, manifest):
        return
    related, help_, near = _near(manifest, name, world)
    yield Problem(
        node,
        f"no Service `{name}` in the files given, so nobody uses the addresses of {manifest.title}",
        related=related,
        help=help_,
        fix=Fix.write(node, near) if near else None,
        severity=world.absence(manifest, "Service"),
    )


def _near(
    manifest: Manifest, name: str, world: World
) -> tuple[tuple[tuple[Node, str], ...], str, str]:
    """The Service that was probably meant, and what to write."""
    for service in world.elsewhere("Service", name, manifest)[:1]:
        namespace = service["metadata"]["namespace"]
        sentence = f"Service `{name}` is in namespace `{service.namespace}`"
        return ((namespace, sentence),), f"write `namespace: {service.namespace}`", ""
    bare = [
        service
        for service in world.all("Service")
        if service.namespace in (None, manifest.namespace)
        and service.file == manifest.file
        and not map_selector(service.spec["selector"])
        and not world.endpoints_of(service)
    ]
    near = closest(name, [service.name for service in bare])
    near = near or (bare[0].name if len(bare) == 1 else "")
    near = near or closest(name, world.names("Service", manifest, name)) or ""
    field = "name" if manifest.type == "Endpoints" else _SERVICE_NAME
    for service in world.named("Service", near, manifest)[:1]:
        sentence = "did you mean this Service?"
        return ((service["metadata"]["name"], sentence),), f"write `{field}: {near}`", near
    return (), "add a Service of that name, without a selector", ""
