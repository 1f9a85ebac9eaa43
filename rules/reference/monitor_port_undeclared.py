from collections.abc import Iterator

from hslint import (
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    World,
    closest,
    label_selector,
    rule,
)


@rule(
    WARNING,
    "ServiceMonitor.monitoring.coreos.com",
    "PodMonitor.monitoring.coreos.com",
    fixes=(UNSAFE,),
)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A ServiceMonitor or PodMonitor wants a container port that no container declares.

    Prometheus then scrapes nothing, and nothing says so. It only finds ports that the containers
    declare under `ports`: the `port` of a PodMonitor by its name, a `targetPort` by name or number.

    Declare the port in the container, or write the name of one.
    (Source: prometheus-operator, pkg/prometheus/promcfg.go.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: metrics
              containerPort: 9100
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: PodMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      podMetricsEndpoints:
        - port: metric  # warning: Pod `web` declares no port `metric`
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: metrics
              containerPort: 9113
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: PodMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      podMetricsEndpoints:
        - port: metrics
    ```
    """
    if manifest.kind == "ServiceMonitor":
        services = world.monitored_by(manifest)
        pods = [p for service in services for p in world.selected_by(service)]
    else:
        pods = list(world.select(label_selector(manifest.spec["selector"]), manifest))
    if not pods or any(p.partial for p in pods):
        return
    for port in _ports(manifest):
        declared = [each for p in pods for each in p.ports]
        if any(port.value in (each.name, each.number) for each in declared):
            continue
        yield _problem(port, pods[0])


def _ports(monitor: Manifest) -> Iterator[Node]:
    """The ports that containers must declare; a `port` goes before a `targetPort`."""
    for endpoint in monitor.spec["endpoints"]:
        if endpoint["targetPort"].value and not endpoint["port"]:
            yield endpoint["targetPort"]
    for endpoint in monitor.spec["podMetricsEndpoints"]:
        port = endpoint["port"] or endpoint["portNumber"] or endpoint["targetPort"]
        # A number as `port` is monitor-port-not-found's.
        if port.value and not (port.path[-1] == "port" and port.integer is not None):
            yield port


def _problem(port: Node, pods: Pods) -> Problem:
    near = closest(port.string, [each.name for each in pods.ports]) if port.string else None
    declared = sorted(pods.ports, key=lambda each: each.name != near)
    return Problem(
        port,
        f"{pods.owner.title} declares no port `{port.value}`, so Prometheus scrapes nothing of it",
        related=tuple(
            (each.node["name" if each.name else "containerPort"], "it declares this port")
            for each in declared[:2]
        ),
        help=f"write `{port.path[-1]}: {near}`" if near else "declare the port in the container",
        fix=Fix.write(port, near) if near else None,
    )
