from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    Problem,
    Severity,
    World,
    closest,
    rule,
    service_ports,
)

#: What a name cannot have, but the regular expressions that are allowed too.
_PATTERN = frozenset("|.*+?()[]^$\\")


@rule(
    ERROR,
    "ServiceMonitor.monitoring.coreos.com",
    "PodMonitor.monitoring.coreos.com",
    fixes=(UNSAFE,),
)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A ServiceMonitor names a port that its Services do not have.

    Prometheus then scrapes nothing, and nothing says so. The `port` is the name of a Service port,
    not of a container's. A number there is rejected by the API server, in a PodMonitor too.

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
    services = world.monitored_by(manifest) if manifest.kind == "ServiceMonitor" else []
    wrong = {fault.path for fault in manifest.faults}
    for field in ("endpoints", "podMetricsEndpoints"):
        for endpoint in manifest.spec[field]:
            port = endpoint["port"]
            if port.integer is not None and port.path not in wrong:
                instead = "portNumber" if manifest.kind == "PodMonitor" else "targetPort"
                yield Problem(
                    port,
                    "`port` takes the name of a port, not a number, so the API server rejects"
                    f" {manifest.title}",
                    help=f"write the name of the port, or `{instead}: {port.integer}`",
                    fix=Fix.rename(port, instead),
                )
            elif services and port.string and not _PATTERN.intersection(port.string):
                severity = world.absence(manifest, "Service")
                yield from _check(port, services, world, severity)


def _check(
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
        f"{services[0].title} has no port named `{port.string}`, so Prometheus scrapes nothing of"
        " it",
        related=tuple(related) or ((services[0]["metadata"]["name"], "this is the Service"),),
        help=f"write `port: {near}`" if near else f"name a port of the Service `{port.string}`",
        fix=Fix.write(port, near) if near else None,
        severity=min(WARNING, severity),
    )
