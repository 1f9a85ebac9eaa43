from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    ingress_backends,
    pods_of,
    probe_ports,
    rule,
    service_ports,
)

_LAST = 65535


@rule(ERROR, "Service", "NetworkPolicy", "Ingress", WORKLOADS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A port is no number from 1 to 65535.

    The API server rejects the object, or the pods that a workload makes from its template.

    Write the number the program listens on. Mind that a leading zero makes a number octal.

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
          targetPort: 80800  # error: 80800 is no port
    ```

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 0  # error: 0 is no port
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
          port: 65535
    ```
    """
    # Source: pkg/apis/core/validation: validateServicePort, validateContainerPorts; a hostPort or
    # targetPort of 0 is an unset one. The range of node ports is node-port-out-of-range's.
    for node in _ports(manifest):
        number = node.integer
        if number is not None and not 1 <= number <= _LAST:
            yield Problem(
                node,
                f"{number} is no port, {manifest.rejection(node.path)}: ports go from 1 to {_LAST}",
                help="write the port that the program listens on",
            )


def _ports(manifest: Manifest) -> Iterator[Node]:  # noqa: C901, PLR0912 - four kinds
    """Every port number of a Service or policy, or of the pods a workload makes."""
    if manifest.type == "Service":
        for port in service_ports(manifest):
            yield port.node["port"]
            if "targetPort" in port.node.mapping and port.node["targetPort"].integer:
                yield port.node["targetPort"]
    elif manifest.type == "NetworkPolicy":
        for entry in (*manifest.spec["ingress"], *manifest.spec["egress"]):
            for allowed in entry["ports"]:
                yield from (allowed["port"], allowed["endPort"])
    elif manifest.type == "Ingress":
        for backend in ingress_backends(manifest):
            if backend["service"]["port"]["number"].integer:  # 0 is none: invalid-backend says so
                yield backend["service"]["port"]["number"]
    for pods in pods_of(manifest):
        for container in pods.all_containers:
            for entry in container["ports"] if "ports" in container.mapping else ():
                yield entry["containerPort"]
                if "hostPort" in entry.mapping and entry["hostPort"].integer:
                    yield entry["hostPort"]
            yield from probe_ports(container)
