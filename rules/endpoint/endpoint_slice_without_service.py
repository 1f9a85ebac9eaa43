from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, World, rule

_SERVICE_NAME = "kubernetes.io/service-name"


@rule(WARNING, "EndpointSlice")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """An EndpointSlice does not say which Service it belongs to.

    Its name does not matter: kube-proxy and DNS read the label `kubernetes.io/service-name`, and
    leave a slice without it out.

    Add the label, with the name of the Service.
    (Source: pkg/proxy/endpointslicecache.go: endpointSliceCacheKeys.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      clusterIP: None
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:  # warning: EndpointSlice `database` has no label `kubernetes.io/service-name`
      name: database
    addressType: IPv4
    ports:
      - port: 5432
    endpoints:
      - addresses:
          - 10.1.2.3
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
      name: database
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
    label = manifest["metadata"]["labels"][_SERVICE_NAME]
    if label.value:
        return
    names = [
        n for n in world.names("Service", manifest, manifest.name) if _is_like(manifest.name, n)
    ]
    near = max(names, key=len, default="")
    related = tuple(
        (service["metadata"]["name"], "is it for this Service?")
        for service in world.named("Service", near, manifest)[:1]
    )
    yield Problem(
        label,
        f"{manifest.title} has no label `{_SERVICE_NAME}`, so no Service uses its addresses",
        related=related,
        help=f"add the label `{_SERVICE_NAME}: {near or 'NAME'}`",
    )


def _is_like(slice_name: str, service: str) -> bool:
    """Whether a slice is named after a Service, as `db-1` is after `db`."""
    return bool(service) and (slice_name == service or slice_name.startswith(f"{service}-"))
