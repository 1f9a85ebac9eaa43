from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, World, rule, service_ports


@rule(ERROR, "Service", fields=("targetPort",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The port that a `targetPort` names has another protocol than the Service's port.

    Names are looked up together with the protocol, and either is TCP when it is not written: the
    Service port leads nowhere, and no event says why.

    Write the same `protocol` at the Service's port and at the container's.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: dns
    spec:
      selector:
        app: dns
      ports:
        - name: dns
          port: 53
          protocol: UDP
          targetPort: dns  # error: container port `dns` has protocol TCP, not UDP
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: dns
      labels:
        app: dns
    spec:
      containers:
        - name: dns
          image: coredns/coredns:1.12.0
          ports:
            - name: dns
              containerPort: 53
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: dns
    spec:
      selector:
        app: dns
      ports:
        - name: dns
          port: 53
          protocol: UDP
          targetPort: dns
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: dns
      labels:
        app: dns
    spec:
      containers:
        - name: dns
          image: coredns/coredns:1.12.0
          ports:
            - name: dns
              containerPort: 53
              protocol: UDP
    ```
    """
    # Source: k8s.io/endpointslice: FindPort.
    selection = world.selected_by(manifest)
    for port in service_ports(manifest):
        name = port.target_name
        if not name or selection.named_ports(name, port.protocol):
            continue
        named = selection.nearest(manifest).ports_called(name)
        if not named or any(p.protocol == port.protocol for p in named):
            continue  # target-port-not-found or target-port-only-in-sidecar says so
        other = named[0]

        yield Problem(
            port.target,
            f"container port `{name}` has protocol {other.protocol}, not {port.protocol}, so"
            f" {port.title} of {manifest.title} leads nowhere",
            related=(
                (
                    other.node["protocol"].entry if other.node["protocol"] else other.node["name"],
                    f"this port has protocol {other.protocol}",
                ),
            ),
            help="write the same `protocol` at both",
            fix=Fix.put(port.node, "protocol", other.protocol),
        )
