from collections.abc import Iterator

from hslint import (
    ERROR,
    WARNING,
    Manifest,
    Node,
    Pods,
    Problem,
    Severity,
    World,
    closest,
    label_selector,
    rule,
    service_ports,
)

#: What a name cannot have, but the regular expressions that are allowed too.
_PATTERN = frozenset("|.*+?()[]^$\\")


@rule(ERROR, "ServiceMonitor.monitoring.coreos.com", "PodMonitor.monitoring.coreos.com")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A ServiceMonitor or PodMonitor names a port that what it selects does not have.

    Prometheus then scrapes nothing, and nothing says so. The `port` of a ServiceMonitor is the name
    of a Service port, that of a PodMonitor the name of a container's port; a `targetPort` must be
    declared by a container. A number as `port` is rejected by the API server.

    Write the name of the port; name the Service's port if it has none.
    (Source: prometheus-operator, pkg/prometheus/promcfg.go.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      selector:
        app: web
      ports:
        - name: metrics
          port: 9113
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      endpoints:
        - port: http-metrics  # warning: Service `web` has no port named `http-metrics`
        - port: 9113  # error: `port` takes the name of a port, not a number
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      selector:
        app: web
      ports:
        - name: metrics
          port: 9113
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      endpoints:
        - port: metrics
    ```
    """
    services: list[Manifest] = []
    if manifest.kind == "ServiceMonitor":
        endpoints = manifest.spec["endpoints"]
        services = world.monitored_by(manifest)
        pods = [p for service in services for p in world.selected_by(service)]
    else:
        endpoints = manifest.spec["podMetricsEndpoints"]
        pods = list(world.select(label_selector(manifest.spec["selector"]), manifest))
    wrong = {fault.path for fault in manifest.faults}
    for endpoint in endpoints:
        port, target = endpoint["port"], endpoint["targetPort"]
        if port.integer is not None and port.path not in wrong:
            field = "portNumber" if manifest.kind == "PodMonitor" else "targetPort"
            yield Problem(
                port,
                "`port` takes the name of a port, not a number: the API server rejects"
                f" {manifest.title}",
                help=f"write the name of the port, or `{field}: {port.integer}`",
            )
        elif port.string and not _PATTERN.intersection(port.string):
            if services:
                severity = world.absence(manifest, "Service")
                yield from _check_service_port(port, services, world, severity)
            elif manifest.kind == "PodMonitor":
                yield from _check_container_port(port, pods)
        elif target.value and not port:
            yield from _check_container_port(target, pods)


def _check_service_port(
    port: Node, services: list[Manifest], world: World, severity: Severity
) -> Iterator[Problem]:
    """Check the name of a Service port, which its Endpoints have too."""
    known: dict[str, Node] = {}
    for service in services:
        for each in service_ports(service):
            known[each.name] = each.node["name" if each.name else "port"]
        for endpoints in world.endpoints_of(service):
            for subset in (*endpoints["subsets"], endpoints.root):
                known |= {each["name"].string: each for each in subset["ports"]}
    if port.string in known:
        return
    near = closest(port.string, known) or (next(iter(known)) if len(known) == 1 else "")
    related = [(node, f"it has port `{name}`") for name, node in known.items() if name == near]
    if "" in known:
        related = related or [(known[""], "this port has no name")]
    yield Problem(
        port,
        f"{services[0].title} has no port named `{port.string}`: Prometheus scrapes nothing of it",
        related=tuple(related) or ((services[0]["metadata"]["name"], "this is the Service"),),
        help=f"write `port: {near}`" if near else f"name a port of the Service `{port.string}`",
        severity=min(WARNING, severity),
    )


def _check_container_port(port: Node, pods: list[Pods]) -> Iterator[Problem]:
    """Check the name or number of a port that containers must declare."""
    declared = [each for p in pods for each in p.ports]
    if not pods or any(p.partial for p in pods):
        return
    if any(port.value in (each.name, each.number) for each in declared):
        return
    near = closest(port.string, [each.name for each in declared]) if port.string else None
    yield Problem(
        port,
        f"{pods[0].owner.title} declares no port `{port.value}`: Prometheus scrapes nothing of it",
        related=tuple(
            (each.node["name" if each.name else "containerPort"], "it declares this port")
            for each in sorted(declared, key=lambda each: each.name != near)[:2]
        ),
        help=f"write `{port.path[-1]}: {near}`" if near else "declare the port in the container",
        severity=WARNING,
    )
