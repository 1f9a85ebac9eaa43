from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule, service_ports


@rule(ERROR, "Service")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service has several ports, and one of them has no name.

    The API server rejects it: with more than one port every port needs a name, since that is what
    tells them apart in EndpointSlices, SRV records and Ingress backends.

    Name every port after what it speaks: `http`, `metrics`, `grpc`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      ports:
        - name: http
          port: 8080
        - port: 9090  # error: port 9090 of Service `web` has no name
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      ports:
        - name: http
          port: 8080
        - name: metrics
          port: 9090
    ```
    """
    # Source: pkg/apis/core/validation: validateServicePort (requireName when there are several).
    ports = service_ports(manifest)
    if len(ports) == 1:
        return
    for port in ports:
        if not port.mapping.get("name"):
            title = "a port" if port.number is None else f"port {port.number}"
            yield Problem(
                port.node,
                f"{title} of {manifest.title} has no name, as each of several ports"
                " must, so the API server rejects it",
                help="add a `name` to it, such as `http` or `metrics`",
            )
