from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, formats, has_placeholder, rule


@rule(ERROR, "Ingress")
def check(manifest: Manifest) -> Iterator[Problem]:
    """An Ingress has no rules, or a host that is no name.

    The API server rejects it. An Ingress needs `rules` or a `defaultBackend`. A `host` is a name in
    lower case, perhaps with `*.` before it, and never an IP address, a port or a URL.

    Write the bare name; leave `host` out for requests to any host.
    (Source: pkg/apis/networking/validation: validateIngressSpec, validateIngressRules.)

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
    if spec and not (spec["rules"].value or spec["defaultBackend"].value or spec["backend"].value):
        yield Problem(
            spec.key,
            f"{manifest.title} has neither `rules` nor a `defaultBackend`, so the API server"
            " rejects it",
            help="add the rules, or a `defaultBackend` for all",
        )
    for entry in spec["rules"]:
        host = entry["host"].string
        if not host or has_placeholder(host):
            continue
        reason = formats.dns_subdomain(host.removeprefix("*."))
        if not reason and not formats.ip_address(host, 25):
            reason = "it is an IP address"
        if reason:
            yield Problem(
                entry["host"],
                f"`{host}` cannot be a host of an Ingress: {reason}, {rejected}",
                help="write a bare host name, or leave `host` out",
            )
