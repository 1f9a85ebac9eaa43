from collections.abc import Iterator

from hslint import (
    ALL,
    ERROR,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    plain_at,
    rule,
)

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
    spec, title = manifest.spec, manifest.title
    plain = spec.mapping
    if not (plain.get("rules") or plain.get("defaultBackend") or plain.get("backend")):
        yield Problem(
            spec.key if spec.written else spec,
            f"{title} has neither `rules` nor a `defaultBackend`, so the API server rejects it",
            help="add the rules, or a `defaultBackend` for all",
        )
    for way, host in plain_at(plain, "rules", ALL, "host"):
        if host and isinstance(host, str) and (reason := _not_a_host(host)):
            yield from _host(spec.at(way), reason, title)
    for way, paths in plain_at(plain, "rules", ALL, "http", "paths"):
        if paths == []:
            message = f"these `paths` are empty, so the API server rejects {title}"
            yield Problem(spec.at(way), message, help="write one, or leave `http` out")
        for index, entry in enumerate(paths if isinstance(paths, list) else ()):
            if isinstance(entry, dict) and (wrong := _wrong_path(entry)):
                what, help_ = wrong
                node = spec.at((*way, index))
                message = f"{what}, so the API server rejects {title}"
                yield Problem(node["path"] or node, message, help=help_)
    for way, host in plain_at(plain, "tls", ALL, "hosts", ALL):
        if isinstance(host, str) and (reason := formats.dns_subdomain(host.removeprefix("*."))):
            yield from _host(spec.at(way), reason, title)


def _not_a_host(host: str) -> str:
    """Why no rule can have the host, or ""."""
    if len(host) > formats.MAX_SUBDOMAIN:
        return f"it has more than {formats.MAX_SUBDOMAIN} characters"
    reason = formats.dns_subdomain(host.removeprefix("*."))
    return reason or ("" if formats.ip_address(host, 25) else "it is an IP address")


def _host(node: Node, reason: str, title: str) -> Iterator[Problem]:
    if not has_placeholder(node.string):
        yield Problem(
            node,
            f"`{node.string}` cannot be a host of an Ingress: {reason}, so the API server rejects"
            f" {title}",
            help="write a bare host name, or leave it out",
        )


def _wrong_path(entry: dict[str, object]) -> tuple[str, str] | None:
    """What is wrong in a path, and what to write: only an ImplementationSpecific one is free."""
    path, kind = entry.get("path"), entry.get("pathType")
    text = path if isinstance(path, str) else ""
    free = kind == "ImplementationSpecific"
    if has_placeholder(text) or not (free or kind in ("Exact", "Prefix")):
        return None
    if text[:1] != "/" and (text or not free):
        return "this path does not begin with `/`", "write `path: /` for all"
    odd = [part for part in _ODD if part in text] if not free else []
    odd += [part for part in ("/..", "/.") if text.endswith(part) and not free]
    return (
        (f"`{text}` has `{odd[0]}` in it", "write the path as clients ask for it") if odd else None
    )
