from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, ServicePort, rule, service_ports


@rule(ERROR, "Service")
def check(manifest: Manifest) -> Iterator[Problem]:
    """Two ports of a Service have the same name.

    The API server rejects the Service: the name tells its ports apart.

    Give each port its own name; for one number over TCP and UDP, `dns` and `dns-tcp`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: dns
    spec:
      clusterIP: None
      ports:
        - name: dns
          port: 53
          protocol: UDP
        - name: dns  # error: Service `dns` has two ports named `dns`
          port: 53
          protocol: TCP
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: dns
    spec:
      clusterIP: None
      ports:
        - name: dns
          port: 53
          protocol: UDP
        - name: dns-tcp
          port: 53
          protocol: TCP
    ```
    """
    # Source: pkg/apis/core/validation: validateServicePort (Duplicate).
    seen: dict[str, ServicePort] = {}
    for port in service_ports(manifest):
        if not port.name:
            continue
        first = seen.setdefault(port.name, port)
        if first is not port:
            other = f"{port.name}-{port.protocol.lower()}"
            yield Problem(
                port.node["name"],
                f"{manifest.title} has two ports named `{port.name}`, so the API server rejects it",
                related=((first.node["name"], f"port {first.number} has this name already"),),
                help=f"give it a name of its own, such as `{other}`",
            )
