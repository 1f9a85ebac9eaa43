from collections.abc import Iterator

from hslint import (
    REFERRERS,
    UNSAFE,
    WARNING,
    Answer,
    Fix,
    Manifest,
    Node,
    Problem,
    Reference,
    World,
    closest,
    rule,
    service_ports,
)


@rule(WARNING, *REFERRERS, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """An SRV name asks for a port that the Service does not have under this name and protocol.

    `_PORT._PROTOCOL.SERVICE` takes the name of a port of the Service, not that of a container port,
    and its protocol; a port without a name has no SRV record. Any other name is answered with
    NXDOMAIN, and the program finds no members.

    Write the name of the Service's port, or give the port that name.
    (Source: kubernetes/dns docs/specification.md, 2.3.2 and 2.4.2.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: store
    spec:
      clusterIP: None
      selector:
        app: store
      ports:
        - name: api
          port: 10901
          targetPort: grpc
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: store
      labels:
        app: store
    spec:
      containers:
        - name: store
          image: example.com/store:1.4
          args: [--peers=dnssrv+_grpc._tcp.store.default.svc]  # warning: has no port named `grpc`
          ports:
            - name: grpc
              containerPort: 10901
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: store
    spec:
      clusterIP: None
      selector:
        app: store
      ports:
        - name: grpc
          port: 10901
          targetPort: grpc
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: store
      labels:
        app: store
    spec:
      containers:
        - name: store
          image: example.com/store:1.4
          args: [--peers=dnssrv+_grpc._tcp.store.default.svc]
          ports:
            - name: grpc
              containerPort: 10901
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.NO_PORT):
        message, meant, related, right = _explain(reference)
        record = reference.record
        wrong = f"_{record.port}._{record.protocol}"
        yield Problem(
            reference.at,
            f"{message}, so `{reference.host.name}` has no SRV records",
            related=(related,),
            help=meant,
            fix=Fix.swap(reference.at, wrong, right) if right else None,
        )


def _explain(reference: Reference) -> tuple[str, str, tuple[Node, str], str]:
    """What is wrong with the port, what to write, and the other end."""
    record, service = reference.record, reference.answer.services[0]
    ports = service_ports(service)
    for port in ports:
        if port.name == record.port:
            protocol = port.protocol.lower()
            message = f"port `{port.name}` of {service.title} is {port.protocol}, not"
            message += f" {record.protocol.upper()}"
            right = f"_{port.name}._{protocol}"
            return message, f"write `{right}`", (port.node["name"], "this port"), right
    message = f"{service.title} has no port named `{record.port}`"
    for port in ports:
        if port.target.string == record.port:
            meant = f"write `_{port.name}`, or name the port `{record.port}`"
            right = f"_{port.name}._{port.protocol.lower()}" if port.name else ""
            return message, meant, (port.node["targetPort"], "this is the container's port"), right
    if len(ports) == 1 and not ports[0].name:
        place = (ports[0].node["port"], "this port has no name")
        return message, f"give the port the name `{record.port}`", place, ""
    near = closest(record.port, [port.name for port in ports])
    place = (service.spec["ports"].key, "these are its ports")
    right = f"_{near}._{record.protocol}" if near else ""
    return message, f"write `{right}`" if right else "", place, right
