from collections.abc import Iterable, Iterator

from hslint import (
    ALL,
    ERROR,
    SAFE,
    WORKLOADS,
    Fix,
    Manifest,
    Node,
    Problem,
    formats,
    plain_at,
    plain_backends,
    pods_of,
    rule,
    service_ports,
)

#: What may name a port, and the way to it from a spec.
Reference = tuple[tuple[str | int, ...], object]


@rule(
    ERROR,
    "Service",
    "Ingress",
    "NetworkPolicy",
    WORKLOADS,
    fields=("port", "targetPort", "servicePort"),
    fixes=(SAFE,),
)
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
    yield from _check(manifest, manifest.spec, _in_spec(manifest))
    for pods in pods_of(manifest):
        yield from _check(manifest, pods.spec, pods.called_ports)


def _check(manifest: Manifest, spec: Node, references: Iterable[Reference]) -> Iterator[Problem]:
    for path, name in references:
        if name and isinstance(name, str) and (reason := formats.port_name(name)):
            yield _problem(spec.at(path), reason, manifest)


def _problem(node: Node, reason: str, manifest: Manifest) -> Problem:
    rejected = manifest.rejection(node.path)
    if node.string.isascii() and node.string.isdigit():
        field = "number" if node.path[-1] == "name" else node.path[-1]
        return Problem(
            node,
            f'`"{node.string}"` in quotes is a name, and no port can have it, {rejected}',
            help=f"write `{field}: {int(node.string)}`, without quotes",
            fix=_fix(node, field),
        )
    return Problem(
        node,
        f"no port can have the name `{node.string}`: {reason}, {rejected}",
        help="write the name of a port, or its number without quotes",
    )


def _fix(node: Node, field: str | int) -> Fix:
    write = Fix.write(node, int(node.string), safe=True)
    return write + Fix.rename(node, "number", safe=True) if field == "number" else write


def _in_spec(manifest: Manifest) -> Iterator[Reference]:
    """Everything in the spec of a Service, Ingress or policy that names a port of another."""
    if manifest.type == "Service":
        # An entry whose port is no number is unfinished: the schema says so.
        for index, port in enumerate(service_ports(manifest)):
            if port.number is not None:
                yield ("ports", index, "targetPort"), port.mapping.get("targetPort")
    elif manifest.type == "Ingress":
        for backend, value in plain_backends(manifest):
            for way in (("service", "port", "name"), ("servicePort",)):  # the second up to v1beta1
                for path, name in plain_at(value, *way):
                    yield (*backend, *path), name
    elif manifest.type == "NetworkPolicy":
        for direction in ("ingress", "egress"):
            yield from plain_at(manifest.spec.value, direction, ALL, "ports", ALL, "port")
