from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    WORKLOADS,
    ContainerPort,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    closest,
    formats,
    pods_of,
    rule,
)


@rule(ERROR, WORKLOADS, fields=("httpGet", "tcpSocket", "grpc"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A probe or lifecycle hook names a port that its container does not have.

    Nothing rejects it, but the probe fails every time: the pod never becomes Ready, or its
    container is restarted again and again. A name is looked up in the same container alone, not in
    the others of the pod.

    Correct the name, or write the number.

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
            - name: http
              containerPort: 80
          readinessProbe:
            httpGet:
              port: web  # error: container `web` has no port named `web`
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: http
              containerPort: 80
          readinessProbe:
            httpGet:
              port: http
    ```
    """
    # Source: pkg/probe: ResolveContainerPort (any protocol).
    for pods in pods_of(manifest):
        for path, name in pods.called_ports:
            if not name or not isinstance(name, str) or path[-2] == "grpc":
                continue  # grpc takes a number only: wrong-type says so
            ports = {p.name: p for p in pods.all_ports if p.name and p.path[:2] == path[:2]}
            if name in ports or formats.port_name(name):
                continue
            container = pods.spec.at(path[:2])
            if container["image"]:  # else a patch: the rest of the container is elsewhere
                yield _problem(pods, container, pods.spec.at(path), ports)


def _problem(pods: Pods, container: Node, node: Node, ports: dict[str, ContainerPort]) -> Problem:
    title = f"container `{container['name'].string}`"
    elsewhere = [p for p in pods.ports if p.name == node.string]
    near = closest(node.string, ports) or (next(iter(ports)) if len(ports) == 1 else None)
    numbers = [p["containerPort"] for p in container["ports"] if p["containerPort"].integer]
    if elsewhere:
        other = elsewhere[0].container["name"].string
        why = f" (container `{other}` has, but only the same one counts)"
        related = [(elsewhere[0].node["name"], "this port is another container's")]
    else:
        why = ""
        related = [(port.node["name"], f"it has `{name}`") for name, port in ports.items()][:3]
    if near:
        help_ = f"write `port: {near}`"
    elif numbers:
        help_ = f"write the number (`port: {numbers[0].integer}`), or name the port `{node.string}`"
        related = related or [(numbers[0], "this port has no name")]
    else:
        help_ = "write the number of the port, or declare the port with this name"
    return Problem(
        node,
        f"{title} has no port named `{node.string}`{why}, so this check can only fail",
        related=tuple(related),
        help=help_,
        fix=Fix.write(node, near) if near else None,
    )
