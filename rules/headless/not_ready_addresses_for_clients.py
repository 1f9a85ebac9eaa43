from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, World, is_headless, rule


@rule(WARNING, "Service", fields=("publishNotReadyAddresses",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service that clients use publishes the addresses of pods that are not ready.

    `publishNotReadyAddresses: true` is for the peers of a cluster, which must find each other
    before they are ready. Clients of such a Service, and requests that an Ingress or a route sends
    to it, reach pods that are still starting, failing their readiness probe, or terminating.

    Leave it on the Service that gives the pods their names, and give clients a second one.
    (Source: k8s.io/endpointslice: podToEndpoint.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      publishNotReadyAddresses: true  # warning: Ingress `web` sends requests to
      selector:
        app: web
      ports:
        - name: http
          port: 80
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
            name: http
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
            name: http
    ```
    """
    field = manifest.spec["publishNotReadyAddresses"]
    if field.value is not True:
        return
    backends = world.backends_on(manifest)
    if backends:
        backend = backends[0]
        yield Problem(
            field.entry,
            f"{backend.owner.title} sends requests to pods that are not ready, because"
            f" {manifest.title} publishes their addresses",
            related=((backend.name, "this names the Service"),),
            help="name a second Service here, without `publishNotReadyAddresses`",
        )
    elif not (is_headless(manifest) or world.governed_by(manifest) or _is_for_one_pod(manifest)):
        yield Problem(
            field.entry,
            f"{manifest.title} has a virtual IP that also leads to pods that are not ready",
            help="leave `publishNotReadyAddresses` out if this Service is for clients",
            severity=INFO,
        )


def _is_for_one_pod(service: Manifest) -> bool:
    """Whether a Service leads to one pod of a StatefulSet: the work of its peers."""
    return "statefulset.kubernetes.io/pod-name" in service.spec["selector"].mapping
