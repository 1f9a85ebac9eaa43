from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, formats, rule

_LAST = 65535


@rule(ERROR, "Endpoints", "EndpointSlice")
def check(manifest: Manifest) -> Iterator[Problem]:
    """Ports of Endpoints without a name, with the same name, or one that no port can have.

    The API server rejects it, but for a number out of range in an EndpointSlice, which nobody can
    connect to. Several ports are told apart by their names alone, which are those of
    the Service's ports.

    Give every port the name of the Service's port that it is for.

    ```yaml bad
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv4
    ports:
      - port: 5432
      - port: 9187  # error: two ports without a name
    endpoints:
      - addresses:
          - 10.1.2.3
    ```

    ```yaml good
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv4
    ports:
      - name: postgres
        port: 5432
      - name: metrics
        port: 9187
    endpoints:
      - addresses:
          - 10.1.2.3
    ```
    """
    # Sources: pkg/apis/core/validation: validateEndpointPort;
    # pkg/apis/discovery/validation: validatePorts.
    if manifest.type == "EndpointSlice":
        yield from _check(manifest, list(manifest["ports"]), unnamed=1, unique=True)
    for subset in manifest["subsets"]:
        ports = list(subset["ports"])
        yield from _check(manifest, ports, unnamed=len(ports) == 1, unique=False)


def _check(
    manifest: Manifest, ports: list[Node], *, unnamed: int, unique: bool
) -> Iterator[Problem]:
    """Check one list of ports, of which so many may be without a name."""
    seen: dict[str, Node] = {}
    for port in ports:
        name, number = port["name"], port["port"].integer
        if not name.string:
            unnamed -= 1
            if unnamed < 0:
                which = "two ports without a name" if "" in seen else "a port without a name"
                yield Problem(
                    port,
                    f"{manifest.title} has {which} among several, so the API server rejects it",
                    related=((seen[""], "this is the other one"),) if "" in seen else (),
                    help="give each the name of the Service's port that it is for",
                )
            seen.setdefault("", port)
        elif reason := formats.dns_label(name.string):
            yield Problem(
                name,
                f"no port can have the name `{name.string}`: {reason}, so the API server rejects"
                " it",
            )
        elif name.string in seen and unique:
            yield Problem(
                name,
                f"two ports have the name `{name.string}`, so the API server rejects"
                f" {manifest.title}",
                related=((seen[name.string], "this is the other one"),),
                help="give each the name of the Service's port that it is for",
            )
        seen.setdefault(name.string, name)
        # A slice may leave the number out or 0: all ports. Endpoints may not.
        least = 0 if manifest.type == "EndpointSlice" else 1
        if number is not None and not least <= number <= _LAST:
            yield Problem(
                port["port"],
                f"{number} is no port: ports go from 1 to {_LAST}, and "
                + (
                    "no program can listen on another"
                    if manifest.type == "EndpointSlice"  # whose ports are not looked at
                    else "the API server rejects any other"
                ),
                help="write the port that the program listens on",
            )
