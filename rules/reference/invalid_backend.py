from collections.abc import Iterator

from hslint import (
    ERROR,
    ROUTES,
    UNSAFE,
    Fix,
    Manifest,
    Node,
    Problem,
    formats,
    plain_backends,
    route_backends,
    rule,
)


@rule(ERROR, "Ingress", *ROUTES, fixes=(UNSAFE,))
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

    ```yaml bad 1.35
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:  # up to 1.35 the name of a Service begins with a letter
        service: {name: 2fa, port: {number: 80}}  # error: no Service can have the name `2fa`
      rules:
        - http:
            paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: web.shop, port: {number: 80}}}  # error: it contains `.`
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

    ```yaml good 1.36
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service: {name: 2fa, port: {number: 80}}
    ```
    """
    if manifest.type != "Ingress":
        yield from _check_route(manifest)
        return
    stray = [f.path for f in manifest.faults if f.kind in ("unknown-field", "wrong-type")]
    for path, backend in plain_backends(manifest):
        if _is_usual(backend):
            continue
        node = manifest.spec.at(path)
        if any(each[: len(node.path)] == node.path for each in stray):
            continue  # unknown-field or wrong-type speaks of it
        yield from _check_name(manifest, node["serviceName"])
        if not node["serviceName"].written and not node["servicePort"].written:
            yield from _check_backend(manifest, node)


def _is_usual(backend: object) -> bool:
    """Whether a backend is a Service with one port, and a name that any Service can have."""
    match backend:
        case {"service": {"name": str(name), "port": {**port}}, **others} if not others:
            has_one = len(port) == 1 and bool(port.get("name") or port.get("number"))
            return has_one and not formats.dns_1035_label(name)
    return False


def _check_backend(manifest: Manifest, node: Node) -> Iterator[Problem]:
    service, resource = node["service"], node["resource"]
    port = service["port"]
    one = "leave one of them out"
    if service and resource:
        wrong = resource.key, "this backend has both `service` and `resource`", one
    elif not service and not resource:
        help_ = "write `service` with its `name` and `port`"
        wrong = node, "this backend has neither `service` nor `resource`", help_
    elif service and port["name"].value and port["number"].value:
        wrong = port.key, "this port has both `name` and `number`", one
    elif service and not port["name"].value and not port["number"].value:
        help_ = "write `port` with a `number` or `name` of the Service's"
        wrong = port or service["name"], "this backend has no `name` or `number` of a port", help_
    else:
        wrong = None
    if wrong:
        at, what, help_ = wrong
        yield Problem(at, f"{what}, so the API server rejects {manifest.title}", help=help_)
    yield from _check_name(manifest, service["name"])


def _check_route(route: Manifest) -> Iterator[Problem]:
    stray = [fault.path for fault in route.faults]
    for node in route_backends(route):
        port = node["port"]
        if any(path[: len(node.path)] == node.path for path in stray):
            continue
        if not port:
            yield Problem(
                node["name"],
                f"a Service needs a `port` here, so the API server rejects {route.title}",
                help="add `port` with the number of the Service's port",
            )
        elif port.string:
            yield Problem(
                port,
                f"`{port.string}` is no number, so the API server rejects {route.title}",
                help="write the number of the Service's port",
            )
        yield from _check_name(route, node["name"])


def _check_name(manifest: Manifest, name: Node) -> Iterator[Problem]:
    digits = manifest.minor >= 36 or manifest.type != "Ingress"
    reason = (formats.dns_label if digits else formats.dns_1035_label)(name.string)
    if not name.string or not reason:
        return
    first = name.string.partition(".")[0]
    is_name = not formats.dns_1035_label(first)
    yield Problem(
        name,
        f"no Service can have the name `{name.string}`: {reason}, so the API server rejects"
        f" {manifest.title}",
        help=f"write `{name.path[-1]}: {first}`" if is_name else "write the name of a Service",
        fix=Fix.write(name, first) if is_name else None,
    )
