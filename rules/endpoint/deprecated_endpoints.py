from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, rule


@rule(INFO, "Endpoints")
def check(manifest: Manifest) -> Iterator[Problem]:
    """Endpoints are deprecated: since 1.33 the API server warns about them.

    They still work, by being mirrored to EndpointSlices, which are what DNS and kube-proxy read;
    but they know one address family only, and no more than 1000 addresses are mirrored.

    Write an EndpointSlice with the label `kubernetes.io/service-name`.
    (Source: k8s.io/api/core/v1: Endpoints.APILifecycleDeprecated.)

    ```yaml bad 1.33
    apiVersion: v1
    kind: Endpoints  # info: Endpoints are deprecated since 1.33
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - port: 5432
    ```

    ```yaml good 1.32
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - port: 5432
    ```

    ```yaml good
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
    if manifest.minor >= 33:
        yield Problem(
            manifest["kind"],
            "Endpoints are deprecated since 1.33, so the API server warns of them",
            help=f"write an EndpointSlice with the label `kubernetes.io/service-name:"
            f" {manifest.name}`",
        )
