from collections.abc import Iterator

from hslint import WARNING, Manifest, Node, Problem, World, rule


@rule(WARNING, "StatefulSet")
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
    """
    name = manifest.spec["serviceName"]
    services = world.named("Service", name.string, manifest) if name.string else []
    if not services or any(s.spec["clusterIP"].string == "None" for s in services):
        return
    service = services[0]
    if _other_rule_speaks(service):
        return
    pods = world.pods_of(manifest)
    selecting = world.services_selecting(pods[0]) if pods else []
    if service.spec["selector"].mapping and service not in selecting:
        return  # governing-service-selects-other-pods: likely it is another Service that is meant
    reason, place = _virtual_ip(service.spec)
    headless = [s for s in selecting if s.spec["clusterIP"].string == "None"][:1]
    related = [(place, "this gives it a virtual IP" if place else "`clusterIP: None` is not here")]
    related += [(s["metadata"]["name"], "this one is headless") for s in headless]
    yield Problem(
        name,
        f"Service `{name.string}` is not headless: it {reason}, so `{manifest.name}-0.{name.string}`"
        " may not resolve",
        related=tuple(related),
        help=f"write `serviceName: {headless[0].name}`"
        if headless
        else f"write `clusterIP: None` in Service `{name.string}`, or name a headless one here",
    )


def _virtual_ip(spec: Node) -> tuple[str, Node]:
    """Why a Service has a virtual IP, and where that is written."""
    kind, value = spec["type"], spec["clusterIP"]
    if kind.string in ("NodePort", "LoadBalancer"):
        return f"is of type {kind.string}", kind
    if value.string:
        return f"has the virtual IP {value.string}", value
    return "has no `clusterIP: None`", value


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
