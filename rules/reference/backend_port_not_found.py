from collections.abc import Iterator

from hslint import (
    ERROR,
    INFO,
    ROUTES,
    UNSAFE,
    Backend,
    Fix,
    Manifest,
    Node,
    Problem,
    ServicePort,
    World,
    are_beside,
    backends,
    closest,
    formats,
    is_alias,
    rule,
    service_ports,
)

#: What was meant: where it stands and why, and what to write.
_Meant = tuple[tuple[tuple[Node, str], ...], str, Fix | None]


@rule(ERROR, "Ingress", *ROUTES, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """An Ingress or a route names a port that its Service does not have.

    It is the port of the Service, by its `port` or `name`: not its `targetPort`, nor a port of a
    container. Nothing rejects it, and the clients get an error, mostly 503 or 500.

    Write a port of the Service.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: web
          port:
            number: 8080  # error: Service `web` has no port 8080, which is a `targetPort`
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
        - port: 80
          targetPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: web
          port:
            number: 80
    ```
    """
    # Source: ingress controllers, and the Gateway API's BackendObjectReference, look for the
    # number or the name among spec.ports. For an ExternalName some take any number.
    for backend in backends(manifest):
        services = world.services_behind(backend)
        if not services or any(_has(service, backend.port_value) for service in services):
            continue
        if any(map(is_alias, services)):
            continue
        port = backend.port
        if formats.port_name(port.string) if port.string else port.integer is None:
            continue  # invalid-port-reference and invalid-backend say so
        service = services[0]
        shown = f"port named `{port.string}`" if port.string else f"port {port.integer}"
        why, (related, help_, fix) = _cause(backend, service, world)
        yield Problem(
            port,
            f"{service.title} has no {shown}{why}, so {manifest.title} answers these requests with"
            " an error",
            related=related,
            help=help_,
            fix=fix,
            # One that is written far off may be another's.
            severity=None if are_beside(service, manifest) else INFO,
        )


def _has(service: Manifest, port: object) -> bool:
    """Whether a Service has a port of this number, or of this name where it is a name."""
    is_name = bool(port) and isinstance(port, str)
    return any(
        port == (candidate.name if is_name else candidate.number)
        for candidate in service_ports(service)
    )


def _cause(backend: Backend, service: Manifest, world: World) -> tuple[str, _Meant]:
    """What is wrong in particular, and what was meant."""
    port, ports = backend.port, service_ports(service)
    for candidate in ports:
        if candidate.target.value == port.value:
            meant = _meant(backend, candidate, candidate.target, "this is what the pods listen on")
            return ", which is a `targetPort` of it", meant
    for pods in world.selected_by(service):
        for declared in pods.ports:
            if port.value not in (declared.name, declared.number):
                continue
            for candidate in ports:
                if candidate.target.value in (declared.name, declared.number):
                    node = declared.node["name" if port.string else "containerPort"]
                    why = ", but a container behind it has"
                    return why, _meant(backend, candidate, node, "this is the container's port")
    near = closest(port.string, [p.name for p in ports]) if port.string else None
    ports = sorted(ports, key=lambda candidate: candidate.name != near)
    if near or len(ports) == 1:
        return "", _meant(backend, ports[0])
    related = tuple((p.node["port"], f"it has {p.title}") for p in ports[:3])
    help_ = "write a port of the Service" if ports else "add the port to the Service"
    return "", (related, help_, None)


def _meant(
    backend: Backend, port: ServicePort, node: Node | None = None, sentence: str = ""
) -> _Meant:
    named = port.name and backend.port.string and backend.owner.type == "Ingress"
    field = "name" if named else "number" if backend.port.path[-1] in ("name", "number") else "port"
    if backend.port.path[-1] == "servicePort":
        field = "servicePort"
    written = port.name if named or (field == "servicePort" and port.name) else port.number
    related = [(port.node["name" if written == port.name else "port"], f"it has {port.title}")]
    if node is not None:
        related.append((node, sentence))
    fix = None
    if written:
        fix = Fix.write(backend.port, written)
        fix = fix if field == backend.port.path[-1] else fix + Fix.rename(backend.port, field)
    return tuple(related), f"write `{field}: {written}`", fix
