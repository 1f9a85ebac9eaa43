from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, ServicePort, rule, service_ports


@rule(ERROR, "Service")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service has the same port number twice with the same protocol.

    The API server rejects the Service: it could not tell which of the two a client means.

    Remove one, or give it another number.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - name: http
          port: 80
          targetPort: 8080
        - name: metrics
          port: 80  # error: Service `web` has port 80/TCP twice
          targetPort: 9090
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - name: http
          port: 80
          targetPort: 8080
        - name: metrics
          port: 9090
    ```
    """
    # Source: pkg/apis/core/validation: ValidateService ("Check for duplicate Ports").
    seen: dict[tuple[int, str], ServicePort] = {}
    for port in service_ports(manifest):
        if port.number is None:
            continue
        first = seen.setdefault((port.number, port.protocol), port)
        if first is not port:
            yield Problem(
                port.node["port"],
                f"{manifest.title} has port {port.number}/{port.protocol} twice, so the API server"
                " rejects it",
                related=((first.node["port"], "the first one"),),
                help="remove one of the two, or give it another number or protocol",
            )
