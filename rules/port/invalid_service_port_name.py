from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, formats, rule, service_ports


@rule(ERROR, "Service", fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The name of a Service's port is no DNS label.

    The API server rejects the Service. A Service port name has up to 63 lower-case letters, digits
    and hyphens; container port names are shorter (15), and an Ingress can name only those.

    Write the name in lower case, with `-` instead of `_` or `.`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      ports:
        - name: web_http  # error: it contains `_`
          port: 8080
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      ports:
        - name: web-http
          port: 8080
    ```
    """
    # Source: pkg/apis/core/validation: validateServicePort (ValidateDNS1123Label).
    for port in service_ports(manifest):
        reason = port.name and formats.dns_label(port.name)
        if reason:
            plain = port.name.lower().replace("_", "-").replace(".", "-")
            yield Problem(
                port.node["name"],
                f"`{port.name}` cannot name a port of {manifest.title}: {reason}, so the API"
                " server rejects it",
                help="" if formats.dns_label(plain) else f"write `name: {plain}`",
                fix=None if formats.dns_label(plain) else Fix.write(port.node["name"], plain),
            )
