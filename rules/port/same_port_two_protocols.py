from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, ServicePort, rule, service_ports


@rule(INFO, "Service", fields=("protocol",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service has the same port number with two protocols.

    That is legal, and how DNS is served. But `kubectl apply` merges a Service's ports by their
    number alone, so that a later change of one of them can lose or mix up the other
    (kubernetes/kubernetes#39188, #105610).

    Apply it with `kubectl apply --server-side`, which merges by number and protocol, or delete and
    create the Service when its ports change.

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
        - name: dns-tcp
          port: 53  # info: port 53 of Service `dns` has both UDP and TCP
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
    ```
    """
    seen: dict[int, ServicePort] = {}
    for port in service_ports(manifest):
        if port.number is None:
            continue
        first = seen.setdefault(port.number, port)
        if first.protocol != port.protocol:
            yield Problem(
                port.node["port"],
                f"port {port.number} of {manifest.title} has both {first.protocol} and"
                f" {port.protocol}, so `kubectl apply` can lose one of them when you change it"
                " later",
                related=((first.node["port"], f"the same number with {first.protocol}"),),
                help="apply changes with `kubectl apply --server-side`",
            )
