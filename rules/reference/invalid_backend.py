from collections.abc import Iterator

from hslint import (
    ERROR,
    ROUTES,
    Manifest,
    Node,
    Problem,
    formats,
    ingress_backends,
    route_backends,
    rule,
)


@rule(ERROR, "Ingress", *ROUTES)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A backend lacks its Service or port, has two of one, or a name that no Service can have.

    The API server rejects it. A backend of an Ingress is either a Service, with the name or else
    the number of its port, or a `resource`. A route of the Gateway API takes the number alone.

    Write one Service, and one port of it. The name of a Service is a single label, not a host name.
    (Sources: pkg/apis/networking/validation: validateIngressBackend; sigs.k8s.io/gateway-api:
    BackendObjectReference.)

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: web
          port:  # error: has both `name` and `number`
            name: http
            number: 80
    ```

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: web.shop.svc  # error: no Service can have the name `web.shop.svc`
          port:
            number: 80
    ```

    ```yaml bad
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      rules:
        - backendRefs:
            - name: web  # error: a Service needs a `port` here
    ```

    ```yaml good
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
    if manifest.type != "Ingress":
        yield from _check_route(manifest)
        return
    stray = [f.path for f in manifest.faults if f.kind in ("unknown-field", "wrong-type")]
    for node in ingress_backends(manifest):
        depth = len(node.path)
        if any(path[:depth] == node.path for path in stray):
            continue  # unknown-field or wrong-type speaks of it
        yield from _check_name(manifest, node["serviceName"])
        if not node["serviceName"].written and not node["servicePort"].written:
            yield from _check_backend(manifest, node)


def _check_backend(manifest: Manifest, node: Node) -> Iterator[Problem]:
    service, resource = node["service"], node["resource"]
    port = service["port"]
    rejects = f"the API server rejects {manifest.title}"
    if service and resource:
        yield Problem(resource.key, f"this backend has both `service` and `resource`: {rejects}")
    elif not service and not resource:
        yield Problem(
            node,
            f"this backend has neither `service` nor `resource`: {rejects}",
            help="write `service` with its `name` and `port`",
        )
    elif service:
        yield from _check_name(manifest, service["name"])
        if port["name"].value and port["number"].value:
            yield Problem(
                port.key,
                f"this port has both `name` and `number`: {rejects}",
                help="leave one of them out",
            )
        elif not port["name"].value and not port["number"].value:
            yield Problem(
                port or service["name"],
                f"this backend has neither the `name` nor the `number` of a port: {rejects}",
                help="write `port` with a `number` or `name` of the Service's",
            )


def _check_route(route: Manifest) -> Iterator[Problem]:
    stray = [fault.path for fault in route.faults]
    for node in route_backends(route):
        port = node["port"]
        if any(path[: len(node.path)] == node.path for path in stray):
            continue
        if not port:
            yield Problem(
                node["name"],
                f"a Service needs a `port` here: the API server rejects {route.title}",
                help="add `port` with the number of the Service's port",
            )
        elif port.string:
            yield Problem(
                port,
                f"`{port.string}` is no number: the API server rejects {route.title}",
                help="write the number of the Service's port",
            )
        yield from _check_name(route, node["name"])


def _check_name(manifest: Manifest, name: Node) -> Iterator[Problem]:
    digits = manifest.minor >= 36 or manifest.type != "Ingress"
    reason = (formats.dns_label if digits else formats.dns_1035_label)(name.string)
    if not name.string or not reason:
        return
    first = name.string.partition(".")[0]
    yield Problem(
        name,
        f"no Service can have the name `{name.string}`: {reason}",
        help=f"write `{name.path[-1]}: {first}`" if not formats.dns_1035_label(first) else "",
    )
