from collections.abc import Iterable, Iterator

from hslint import (
    ALL,
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    plain_at,
    plain_backends,
    pods_of,
    rule,
    service_ports,
)

#: What may be the number of a port, and the way to it from a spec.
Port = tuple[tuple[str | int, ...], object]

_LAST = 65535


@rule(
    ERROR,
    "Service",
    "NetworkPolicy",
    "Ingress",
    WORKLOADS,
    fields=("port", "endPort", "targetPort", "containerPort", "hostPort"),
)
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
    yield from _check(manifest, manifest.spec, _in_spec(manifest))
    for pods in pods_of(manifest):
        yield from _check(manifest, pods.spec, _in_pods(pods))


def _check(manifest: Manifest, spec: Node, ports: Iterable[Port]) -> Iterator[Problem]:
    for path, number in ports:
        if type(number) is int and not 1 <= number <= _LAST:
            node = spec.at(path)
            yield Problem(
                node,
                f"{number} is no port, {manifest.rejection(node.path)}: ports go from 1 to {_LAST}",
                help="write the port that the program listens on",
            )


def _in_spec(manifest: Manifest) -> Iterator[Port]:
    """Every port in the spec of a Service, policy or Ingress."""
    if manifest.type == "Service":
        for index, port in enumerate(service_ports(manifest)):
            yield ("ports", index, "port"), port.number
            yield ("ports", index, "targetPort"), port.mapping.get("targetPort") or None
    elif manifest.type == "NetworkPolicy":
        for direction in ("ingress", "egress"):
            for path, port in plain_at(manifest.spec.value, direction, ALL, "ports", ALL):
                for field in ("port", "endPort") if isinstance(port, dict) else ():
                    yield (*path, field), port.get(field)
    elif manifest.type == "Ingress":
        for backend, value in plain_backends(manifest):
            for path, number in plain_at(value, "service", "port", "number"):
                yield (*backend, *path), number or None  # 0 is none: invalid-backend says so


def _in_pods(pods: Pods) -> Iterator[Port]:
    """Every port in a pod spec."""
    for port in pods.all_ports:
        yield (*port.path, "containerPort"), port.number
        yield (*port.path, "hostPort"), port.mapping.get("hostPort") or None
    yield from pods.called_ports
