from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, formats, has_placeholder, rule


@rule(ERROR, "Service", fields=("externalName", "type"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The `externalName` of a Service is missing or is no host name.

    It is a host name and nothing else: no `http://`, no port, no path, no capitals. The API server
    rejects the Service: `spec.externalName: Invalid value`.

    Write the bare host name; clients bring the port.
    (Source: pkg/apis/core/validation: ValidateService.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      type: ExternalName
      externalName: https://db.example.com:5432  # error: is no host name
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: queue
    spec:
      type: ExternalName  # error: Service `queue` of type ExternalName has no `externalName`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      type: ExternalName
      externalName: db.example.com
    ```
    """
    spec, name = manifest.spec, manifest.spec["externalName"]
    if spec["type"].string != "ExternalName" or (name and not isinstance(name.value, str)):
        return
    if not name.string:
        yield Problem(
            spec["type"].entry,
            f"{manifest.title} of type ExternalName has no `externalName`, so the API server"
            " rejects it",
            help="name the host that clients are sent to",
        )
        return
    reason = formats.dns_subdomain(name.string.removesuffix("."))
    if reason and not any(map(has_placeholder, name.string.split("."))):
        host = _host(name.string)
        is_one = not formats.dns_subdomain(host)
        yield Problem(
            name,
            f"`{name.string}` is no host name: {reason}, so the API server rejects"
            f" {manifest.title}",
            help=f"write `externalName: {host}`" if is_one else "write a host name",
            fix=Fix.write(name, host) if is_one else None,
        )


def _host(text: str) -> str:
    """The host name in a URL."""
    authority = text.rpartition("://")[2].partition("/")[0].rpartition("@")[2]
    return authority.partition(":")[0].lower()
