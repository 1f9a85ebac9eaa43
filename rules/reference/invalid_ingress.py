from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, formats, has_placeholder, rule

#: What no path may have in it (pkg/apis/networking/validation: invalidPathSequences).
_ODD = ("//", "/./", "/../", "%2f", "%2F")


@rule(ERROR, "Ingress")
def check(manifest: Manifest) -> Iterator[Problem]:
    """An Ingress has no rules, or a host that is no name.

    The API server rejects it. An Ingress needs `rules` or a `defaultBackend`. A `host` is a name in
    lower case, perhaps with `*.` before it, and never an IP address, a port or a URL. A path begins
    with `/`.

    Write the bare name; leave `host` out for requests to any host.
    (Source: pkg/apis/networking/validation: validateIngressSpec, validateIngressRules,
    validateIngressTLS, validateHTTPIngressPath.)

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: 203.0.113.7  # error: `203.0.113.7` cannot be a host of an Ingress: it is an IP
        - host: https://example.com  # error: `https://example.com` cannot be a host
    ```

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:  # error: Ingress `web` has neither `rules` nor a `defaultBackend`
      ingressClassName: nginx
    ```

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      tls:
        - hosts: [https://example.com]  # error: `https://example.com` cannot be a host
      rules:
        - http:
            paths:
              - path: api  # error: this path does not begin with `/`
                pathType: Prefix
                backend:
                  service: {name: web, port: {number: 80}}
    ```

    ```yaml good
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: "*.example.com"
    ```
    """
    spec = manifest.spec
    rejected = f"so the API server rejects {manifest.title}"
    if not (spec["rules"].value or spec["defaultBackend"].value or spec["backend"].value):
        yield Problem(
            spec.key if spec.written else spec,
            f"{manifest.title} has neither `rules` nor a `defaultBackend`, so the API server"
            " rejects it",
            help="add the rules, or a `defaultBackend` for all",
        )
    for entry in spec["rules"]:
        host = entry["host"].string
        if host and not has_placeholder(host):
            yield from _host(entry["host"], _not_a_host(host), rejected)
        for path in entry["http"]["paths"]:
            yield from _path(path, rejected)
        if entry["http"].mapping.get("paths") == []:
            message = f"these `paths` are empty, {rejected}"
            yield Problem(entry["http"]["paths"], message, help="write one, or leave `http` out")
    for entry in spec["tls"]:
        for node in entry["hosts"]:
            if isinstance(node.value, str) and not has_placeholder(node.string):
                reason = formats.dns_subdomain(node.string.removeprefix("*."))
                yield from _host(node, reason, rejected)


def _not_a_host(host: str) -> str:
    """Why no rule can have the host, or ""."""
    if len(host) > formats.MAX_SUBDOMAIN:
        return f"it has more than {formats.MAX_SUBDOMAIN} characters"
    reason = formats.dns_subdomain(host.removeprefix("*."))
    return reason or ("" if formats.ip_address(host, 25) else "it is an IP address")


def _host(node: Node, reason: str, rejected: str) -> Iterator[Problem]:
    if reason:
        yield Problem(
            node,
            f"`{node.string}` cannot be a host of an Ingress: {reason}, {rejected}",
            help="write a bare host name, or leave it out",
        )


def _path(entry: Node, rejected: str) -> Iterator[Problem]:
    """A path begins with `/`; only an ImplementationSpecific one may be left out."""
    path, kind = entry["path"], entry["pathType"].string
    free = kind == "ImplementationSpecific"
    if has_placeholder(path.string) or kind not in ("Exact", "Prefix", "ImplementationSpecific"):
        return
    if path.string[:1] != "/" and (path.string or not free):
        message = f"this path does not begin with `/`, {rejected}"
        yield Problem(path or entry, message, help="write `path: /` for all")
        return
    odd = [part for part in _ODD if part in path.string] if not free else []
    odd += [part for part in ("/..", "/.") if path.string.endswith(part) and not free]
    if odd:
        message = f"`{path.string}` has `{odd[0]}` in it, {rejected}"
        yield Problem(path, message, help="write the path as clients ask for it")
