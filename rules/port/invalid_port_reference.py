from collections.abc import Iterator

from hslint import (
    ERROR,
    SAFE,
    WORKLOADS,
    Fix,
    Manifest,
    Node,
    Problem,
    formats,
    pods_of,
    probe_ports,
    rule,
    service_ports,
)


@rule(ERROR, "Service", "Ingress", "NetworkPolicy", WORKLOADS, fixes=(SAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A port is referred to by a name that no port can have, such as a number in quotes.

    The API server rejects it: a quoted `"8080"` is a name, and a name needs a letter. It also has
    at most 15 lower-case letters, digits and single hyphens. An Ingress can therefore refer to a
    Service port with a longer name only by its number.

    Write the number without quotes, or the name of a port.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - name: http
          port: 80
          targetPort: "8080"  # error: `"8080"` in quotes is a name, and no port can have it
        - name: metrics
          port: 9113
          targetPort: prometheus-metrics  # error: it has 18 characters, and at most 15 are allowed
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: external
    spec:
      ports:
        - name: http
          port: 80
          targetPort: 8080
        - name: metrics
          port: 9113
          targetPort: metrics
    ```
    """
    # Sources: pkg/apis/core/validation: validateServicePort, ValidatePortNumOrName;
    # pkg/apis/networking/validation: validateIngressBackend, ValidateNetworkPolicyPort.
    for node in _references(manifest):
        if not node.string or not (reason := formats.port_name(node.string)):
            continue
        if node.string.isascii() and node.string.isdigit():
            field = "number" if node.path[-1] == "name" else node.path[-1]
            yield Problem(
                node,
                f'`"{node.string}"` in quotes is a name, and no port can have it,'
                f" {manifest.rejection(node.path)}",
                help=f"write `{field}: {int(node.string)}`, without quotes",
                fix=_fix(node, field),
            )
        else:
            yield Problem(
                node,
                f"no port can have the name `{node.string}`: {reason},"
                f" {manifest.rejection(node.path)}",
                help="write the name of a port, or its number without quotes",
            )


def _fix(node: Node, field: str | int) -> Fix:
    write = Fix.write(node, int(node.string), safe=True)
    return write + Fix.rename(node, "number", safe=True) if field == "number" else write


def _references(manifest: Manifest) -> Iterator[Node]:
    """Everything in a manifest that names a port of something else, or of the same container."""
    if manifest.type == "Service":
        # An entry whose port is no number is unfinished: the schema says so.
        for port in service_ports(manifest):
            if "targetPort" in port.node.mapping and port.number is not None:
                yield port.node["targetPort"]
    elif manifest.type == "Ingress":
        yield from _backend_ports(manifest)
    elif manifest.type == "NetworkPolicy":
        for direction in (manifest.spec["ingress"], manifest.spec["egress"]):
            yield from (port["port"] for entry in direction for port in entry["ports"])
    for pods in pods_of(manifest):
        for container in pods.all_containers:
            yield from probe_ports(container)


def _backend_ports(ingress: Manifest) -> Iterator[Node]:
    backends = [ingress.spec["defaultBackend"], ingress.spec["backend"]]
    for host in ingress.spec["rules"]:
        backends += [path["backend"] for path in host["http"]["paths"]]
    for backend in backends:
        yield backend["service"]["port"]["name"]
        yield backend["servicePort"]  # networking.k8s.io/v1beta1, extensions/v1beta1
