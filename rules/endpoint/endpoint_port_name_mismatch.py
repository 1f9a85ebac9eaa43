from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    Fix,
    Manifest,
    Node,
    Problem,
    World,
    is_headless,
    rule,
    service_ports,
)

_SERVICE_NAME = "kubernetes.io/service-name"


@rule(ERROR, "Endpoints", "EndpointSlice", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A port of Endpoints has another name or protocol than any port of the Service.

    The two meet by name and protocol alone, an unnamed port meets only an unnamed one. Where they
    differ the addresses get no traffic, and connections to the Service are refused.

    Write the names and protocols of the Service's ports. (Source: pkg/proxy: ServicePortName.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - name: pg  # error: Service `database` has no port named `pg` (TCP)
            port: 5432
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv4
    ports:
      - port: 5432  # error: Service `database` has no unnamed port (TCP)
    endpoints:
      - addresses:
          - 10.1.2.3
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - name: postgres
            port: 5432
    ```
    """
    name = manifest.name
    if manifest.type == "EndpointSlice":
        name = manifest.labels.get(_SERVICE_NAME, "")
    services = world.named("Service", name, manifest)
    # Of a headless Service the names matter to SRV records only; ExternalName uses no addresses.
    if not services or any(
        is_headless(s) or s.spec["type"].string == "ExternalName" for s in services
    ):
        return
    known = {(p.name, p.protocol) for s in services for p in service_ports(s)}
    if not known:
        return
    unused = [p for p in service_ports(services[0]) if (p.name, p.protocol) not in _given(manifest)]
    for port in _ports(manifest):
        own, protocol = port["name"].string, port["protocol"].string or "TCP"
        if (own, protocol) in known:
            continue
        shown = f"port named `{own}`" if own else "unnamed port"
        meant = [p for p in unused if p.number == port["port"].integer] or unused
        help_, fix = "write the names of the Service's ports", None
        if meant and (meant[0].name != own):
            new = meant[0].name
            help_ = f"write `name: {new}`" if new else "leave the name out"
            fix = Fix.put(port, "name", new) if new else Fix.remove(port["name"])
        elif meant:
            help_ = f"write `protocol: {meant[0].protocol}`"
            fix = Fix.put(port, "protocol", meant[0].protocol)
        yield Problem(
            port["name"] if own else port["port"],
            f"{services[0].title} has no {shown} ({protocol}), so it sends nothing to these"
            " addresses",
            related=tuple(
                (p.node["name"] if p.name else p.node["port"], f"it has this port ({p.protocol})")
                for p in meant[:2]
            ),
            help=help_,
            fix=fix if len(meant) == 1 else None,
        )


def _ports(manifest: Manifest) -> list[Node]:
    subsets = [p for subset in manifest["subsets"] for p in subset["ports"]]
    return subsets + list(manifest["ports"])


def _given(manifest: Manifest) -> set[tuple[str, str]]:
    return {(p["name"].string, p["protocol"].string or "TCP") for p in _ports(manifest)}
