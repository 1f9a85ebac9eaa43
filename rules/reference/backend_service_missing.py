from collections.abc import Iterator

from hslint import (
    INFO,
    ROUTES,
    UNSAFE,
    WARNING,
    Backend,
    Fix,
    Manifest,
    Node,
    Problem,
    World,
    are_beside,
    backends,
    closest,
    formats,
    rule,
)


@rule(WARNING, "Ingress", *ROUTES, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """An Ingress or a route sends requests to a Service that does not exist.

    Nothing rejects it: the clients get an error, mostly 503 or 500. An Ingress reaches the Services
    of its own namespace only; a route of the Gateway API can name another one.

    Correct the name, or add the Service.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web-svc
    spec:
      type: ExternalName
      externalName: web.example.com
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: web  # warning: no Service `web` in the files given
          port:
            number: 80
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      selector:
        app: web
      ports:
        - port: 80
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
    said = set()
    for backend in backends(manifest):
        name = backend.service
        if not name or (name, backend.namespace) in said or world.services_behind(backend):
            continue
        if _is_no_service(backend) or formats.dns_label(name):
            continue  # a name that no Service can have is invalid-backend's
        said.add((name, backend.namespace))
        related, help_, fix = _near(backend, world)
        severity = world.absence(manifest, "Service")
        if severity is WARNING and not (related or _is_served(backend, world)):
            severity = INFO  # its Services are written elsewhere, if at all
        namespace = f" in namespace `{backend.namespace}`" if backend.node["namespace"] else ""
        yield Problem(
            backend.name,
            f"no Service `{name}`{namespace} in the files given, so {manifest.title} answers these"
            " requests with an error",
            related=related,
            help=help_,
            fix=fix,
            severity=severity,
        )


def _is_no_service(backend: Backend) -> bool:
    """Whether the controller takes the name for something else.

    The AWS load balancer controller looks `use-annotation` up in the annotations of the Ingress.
    """
    return bool(backend.port_value == "use-annotation")


def _is_served(backend: Backend, world: World) -> bool:
    """Whether Services of the namespace that is meant are written beside the reference."""
    return backend.namespace == backend.owner.namespace and bool(
        world.beside("Service", backend.owner, backend.service)
    )


def _near(backend: Backend, world: World) -> tuple[tuple[tuple[Node, str], ...], str, Fix | None]:
    """The Service that was probably meant, and what to write."""
    owner, name = backend.owner, backend.service
    for service in world.elsewhere("Service", name, owner)[:1]:
        if not are_beside(service, owner):
            break
        place = service["metadata"]["namespace"]
        related = ((place, f"Service `{name}` is in namespace `{service.namespace}`"),)
        if owner.type == "Ingress":
            help_ = "put both into one namespace, since an Ingress reaches no other"
        else:
            help_ = f"write `namespace: {service.namespace}`, and add a ReferenceGrant there"
        return related, help_, None
    if backend.namespace == owner.namespace:
        near = closest(name, [s.name for s in world.beside("Service", owner, name)]) or ""
        for service in world.named("Service", near, owner)[:1]:
            related = ((service["metadata"]["name"], "did you mean this Service?"),)
            return related, f"write `{near}`", Fix.write(backend.name, near)
    return (), "correct the name, or add the Service", None
