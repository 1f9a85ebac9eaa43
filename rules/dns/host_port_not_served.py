from collections.abc import Iterable, Iterator

from hslint import (
    INFO,
    REFERRERS,
    WARNING,
    Manifest,
    Pods,
    Problem,
    Reference,
    ServicePort,
    World,
    is_headless,
    rule,
    service_ports,
)


@rule(WARNING, *REFERRERS)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A host name is called at a port that nobody serves behind it.

    A Service with a virtual IP takes connections on its `port`s only. A headless Service, and the
    name of a pod, lead to the pod itself: there the port of the container counts, and a `port` of
    the Service that differs from its `targetPort` is nobody's. Connections are refused, or time
    out.

    Write a port that is served. That a pod does not declare the port at all is only worth knowing:
    the process may listen on it all the same.

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
          targetPort: 8080
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web-pods
    spec:
      clusterIP: None
      selector:
        app: web
      ports:
        - name: http
          port: 80
          targetPort: 8080
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: SELF
              value: http://web:8080/  # warning: Service `web` has no port 8080
            - name: ALL
              value: http://web-pods:80/  # warning: no pod listens on port 80
    ```

    ```yaml good
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
          targetPort: 8080
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: SELF
              value: http://web:80/
    ```
    """
    seen = set()
    for reference in world.references(manifest):
        services, port = reference.answer.services, reference.host.port
        if reference.fault or port is None or not services or reference.record.port:
            continue
        if (reference.host.name, port) in seen:
            continue
        seen.add((reference.host.name, port))
        if any(s.spec["type"].string == "ExternalName" for s in services):
            continue
        if reference.record.host or all(is_headless(service) for service in services):
            yield from _at_pods(reference, services, port, world)
        elif not any(is_headless(service) for service in services):
            yield from _at_service(reference, services, port)


def _at_service(reference: Reference, services: list[Manifest], port: int) -> Iterator[Problem]:
    ports = [each for service in services for each in service_ports(service)]
    if any(each.number in (None, port) for each in ports) or not service_ports(services[0]):
        return
    near = service_ports(services[0])
    meant = [each for each in near if port in (each.target.integer, each.node["nodePort"].integer)]
    right = (meant or near)[0]
    has = "`, `".join(str(each.number) for each in near)
    yield Problem(
        reference.at,
        f"{services[0].title} has no port {port}, so `{reference.host.name}:{port}` is not served",
        related=((right.node["port"], f"the Service has `{has}`"),),
        help=f"write port {right.number}" if meant or len(near) == 1 else "",
    )


def _at_pods(
    reference: Reference, services: list[Manifest], port: int, world: World
) -> Iterator[Problem]:
    pods = [reference.answer.pods] if reference.answer.pods else []
    if not reference.record.host:
        pods = [each for service in services for each in world.selected_by(service)]
    if not pods or any(each.partial or port in _numbers(each, services) for each in pods):
        return
    called = f"`{reference.host.name}:{port}`"
    for each in service_ports(services[0]):
        target = _target(each, pods[0])
        if each.number == port and target not in (None, port):
            yield Problem(
                reference.at,
                f"no pod listens on port {port}: {called} leads to the pods themselves, and they"
                f" listen on {target}",
                related=((each.node["port"], "without a virtual IP nothing translates this port"),),
                help=f"write port {target}",
            )
            return
    declared = [each for each in pods[0].ports if each.number]
    if declared:
        yield Problem(
            reference.at,
            f"{called} leads to the pods of {pods[0].owner.title}, and they declare no port {port}",
            related=((declared[0].node["containerPort"], "a port they declare"),),
            severity=INFO,
        )


def _numbers(pods: Pods, services: Iterable[Manifest]) -> set[int | None]:
    """The ports on which *pods* listen, as far as their manifest and the Services tell."""
    declared = {port.number for port in pods.ports}
    return declared | {_target(port, pods) for s in services for port in service_ports(s)}


def _target(port: ServicePort, pods: Pods) -> int | None:
    if port.target.string:
        found = pods.find_port(port.target.string, port.protocol)
        return found.number if found else None
    return port.target.integer
