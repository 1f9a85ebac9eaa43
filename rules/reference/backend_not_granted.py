from collections.abc import Iterator

from hslint import (
    INFO,
    ROUTES,
    WARNING,
    Backend,
    Manifest,
    Problem,
    World,
    are_beside,
    backends,
    rule,
)


@rule(WARNING, *ROUTES)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A route sends requests to a Service of another namespace that does not grant it.

    The gateway answers such requests with 500, and the route gets the condition `RefNotPermitted`:
    somebody in the other namespace must allow it with a ReferenceGrant.

    Add a ReferenceGrant to the namespace of the Service.
    (Source: sigs.k8s.io/gateway-api: ReferenceGrant.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      namespace: shop
    spec:
      clusterIP: None
      ports:
        - port: 80
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
      namespace: edge
    spec:
      rules:
        - backendRefs:
            - name: web
              namespace: shop  # warning: no ReferenceGrant of namespace `shop` allows
              port: 80
    ```

    ```yaml good
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata:
      name: edge
      namespace: shop
    spec:
      from:
        - group: gateway.networking.k8s.io
          kind: HTTPRoute
          namespace: edge
      to:
        - group: ""
          kind: Service
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
      namespace: edge
    spec:
      rules:
        - backendRefs:
            - name: web
              namespace: shop
              port: 80
    ```
    """
    for backend in backends(manifest):
        namespace = backend.node["namespace"].string
        if not namespace or manifest.namespace in (None, namespace):
            continue
        if any(_allows(grant, backend) for grant in world.all("ReferenceGrant")):
            continue
        here = [s for s in world.services_behind(backend) if s.namespace == namespace]
        yield Problem(
            backend.node["namespace"],
            f"no ReferenceGrant of namespace `{namespace}` allows {manifest.kind}s of"
            f" `{manifest.namespace}` to use Service `{backend.name.string}`, so the requests fail",
            related=tuple((s["metadata"]["namespace"], "the Service is here") for s in here[:1]),
            help=f"add a ReferenceGrant to namespace `{namespace}`",
            # Without the Service, the grant will be where it is.
            severity=WARNING if here and are_beside(here[0], manifest) else INFO,
        )


def _allows(grant: Manifest, backend: Backend) -> bool:
    """Whether a ReferenceGrant lets the owner of a backend use its Service."""
    if grant.namespace not in (None, backend.namespace):
        return False
    trusted = any(
        entry["kind"].string == backend.owner.kind
        and entry["namespace"].string == backend.owner.namespace
        for entry in grant.spec["from"]
    )
    return trusted and any(
        entry["kind"].string == "Service" and entry["name"].string in ("", backend.name.string)
        for entry in grant.spec["to"]
    )
