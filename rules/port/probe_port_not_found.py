from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    WORKLOADS,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    closest,
    formats,
    pods_of,
    probe_ports,
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
        for container in pods.all_containers:
            if not container["image"]:
                continue  # a patch: the rest of the container is elsewhere
            ports = {p["name"].string: p for p in container["ports"] if p["name"].string}
            for node in probe_ports(container):
                name = node.string
                if node.path[-2] == "grpc":
                    continue  # takes a number only: wrong-type says so
                if name and name not in ports and not formats.port_name(name):
                    yield _problem(pods, container, node, ports)


def _problem(pods: Pods, container: Node, node: Node, ports: dict[str, Node]) -> Problem:
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
        related = [(port["name"], f"it has `{name}`") for name, port in ports.items()][:3]
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
