from collections.abc import Iterator

from hslint import INFO, ROUTES, Manifest, Problem, World, backends, is_alias, is_headless, rule


@rule(INFO, "Ingress", *ROUTES)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """An Ingress or a route leads to a headless or ExternalName Service.

    Not every controller can send requests there: some need the virtual IP or a node port, and
    implementations of the Gateway API should not follow an ExternalName.

    Ask the documentation of the controller, or name a Service with a virtual IP.
    (Source: sigs.k8s.io/gateway-api: BackendObjectReference.)

    ```yaml bad
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
          name: web  # info: Service `web` is headless
          port:
            number: 80
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
        service = next(iter(world.services_behind(backend)), None)
        if service is None or service.name in said:
            continue
        said.add(service.name)
        if is_headless(service) or is_alias(service):
            field = service.spec["clusterIP" if is_headless(service) else "type"]
            kind = "headless" if is_headless(service) else "of type ExternalName"
            yield Problem(
                backend.name,
                f"{service.title} is {kind}, and not every controller can send requests there",
                related=((field, "it has no virtual IP"),),
                help="name a Service with a virtual IP, unless your controller needs none",
            )
