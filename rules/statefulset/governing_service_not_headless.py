from collections.abc import Iterator, Sequence

from hslint import (
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    ServicePort,
    World,
    is_headless,
    map_selector,
    rule,
    service_ports,
)


@rule(WARNING, "StatefulSet", fields=("serviceName",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The Service that a StatefulSet's `serviceName` names is not headless.

    It has a virtual IP, to which its name and its SRV records lead. The names of the pods, such as
    `db-0.db`, are promised for headless Services only: CoreDNS answers them for any Service, other
    DNS servers do not.

    Give that Service `clusterIP: None`, or name a second Service that is headless. A Service with a
    virtual IP has to be deleted before it can be headless, and so has the StatefulSet before its
    `serviceName` can change. (Source: kubernetes/dns, specification 2.4.1.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db  # warning: Service `db` is not headless: it has no `clusterIP: None`
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: mongo:8
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
            - name: db
              image: mongo:8
    ```
    """
    name = manifest.spec["serviceName"]
    for pods in world.pods_of(manifest):
        services = world.governing(pods)
        if not services or any(map(is_headless, services)) or _other_rule_speaks(services[0]):
            continue
        service = services[0]
        selector = map_selector(service.spec["selector"])
        if service.spec["selector"].mapping and not selector.matches(pods):
            continue  # governing-service-selects-other-pods: likely another Service is meant
        reason, place, shown = _virtual_ip(service.spec)
        headless = world.headless_services_selecting(pods)[:1]
        related = [(place, shown)]
        related += [(s["metadata"]["name"], "this one is headless") for s in headless]
        help_, fix = _mend(name, service, headless, pods)
        yield Problem(
            name,
            f"Service `{name.string}` is not headless: it {reason}, so"
            f" `{manifest.name}-{pods.first_ordinal}.{name.string}` may not resolve",
            related=tuple(related),
            help=help_,
            fix=fix,
        )


def _virtual_ip(spec: Node) -> tuple[str, Node, str]:
    """Why a Service has a virtual IP, where that is written, and what to say there."""
    kind, value = spec["type"], spec["clusterIP"]
    if kind.string in ("NodePort", "LoadBalancer"):
        return f"is of type {kind.string}", kind, "this type has a virtual IP"
    if value.string:
        return f"has the virtual IP {value.string}", value, "write `None` here"
    return "has no `clusterIP: None`", value, "`clusterIP: None` is missing here"


def _mend(
    name: Node, service: Manifest, headless: Sequence[Manifest], pods: Pods
) -> tuple[str, Fix | None]:
    if headless:
        return f"write `serviceName: {headless[0].name}`", Fix.write(name, headless[0].name)
    if service.spec["type"].string in ("NodePort", "LoadBalancer"):
        return "add a second Service with `clusterIP: None`, and name that one here", None
    # Where a port is translated there are clients of the virtual IP.
    translated = any(_is_translated(port, pods) for port in service_ports(service))
    help_ = f"write `clusterIP: None` in {service.title}, or name a headless Service here"
    return help_, None if translated else Fix.put(service.spec, "clusterIP", "None")


def _is_translated(port: ServicePort, pods: Pods) -> bool:
    named = pods.find_port(port.target.string, port.protocol)
    number = named.number if named else port.target.integer
    return bool(port.node["nodePort"].value) or number not in (None, port.number)


def _other_rule_speaks(service: Manifest) -> bool:
    """Whether the virtual IP comes of a mistake that another rule finds in the Service itself."""
    spec, value = service.spec, service.spec["clusterIP"].string
    if spec["type"].string == "ExternalName":
        return True  # governing-service-external-name
    if value and not value[0].isdigit() and ":" not in value:
        return True  # cluster-ip-invalid
    if spec["clusterIPs"].value and not value:
        return True  # cluster-ips-mismatch
    if spec["loadBalancerIP"].string.lower() == "none":
        return True  # load-balancer-ip-none
    if any(key != "clusterIP" and key.lower() == "clusterip" for key in spec.mapping):
        return True  # an unknown field
    empty = spec["clusterIP"].written and not value
    return empty and spec["type"].string in ("", "ClusterIP")  # cluster-ip-empty
