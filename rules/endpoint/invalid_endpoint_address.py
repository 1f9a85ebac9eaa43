from collections.abc import Iterator

from hslint import ERROR, WARNING, Manifest, Node, Problem, formats, rule


@rule(ERROR, "Endpoints", "EndpointSlice")
def check(manifest: Manifest) -> Iterator[Problem]:
    """An address of Endpoints is none, or not one that a Service can lead to.

    The API server rejects host names where an IP address belongs, addresses of the other family
    than the `addressType` of the slice, and 0.0.0.0, loopback and link-local addresses. From 1.36
    on it also rejects numbers with leading zeros; before, programs differed in how to read them.

    Write the IP address of the other end; for a host name use a Service of type `ExternalName`.

    ```yaml bad
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: db.example.com  # error: `db.example.com` is no IP address
          - ip: 127.0.0.1  # error: `127.0.0.1` is a loopback address
        ports:
          - port: 5432
    ```

    ```yaml bad
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv6
    endpoints:
      - addresses:
          - 10.1.2.3  # error: `10.1.2.3` is an IPv4 address
    ```

    ```yaml bad 1.36
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.003  # error: `10.1.2.003` has a number with leading zeros
    ```

    ```yaml bad 1.35
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.003  # warning: `10.1.2.003` has a number with leading zeros
    ```

    ```yaml good
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv6
    endpoints:
      - addresses:
          - 2001:db8::7
    ```
    """
    # Sources: pkg/apis/core/validation: ValidateEndpointIP; pkg/apis/discovery/validation:
    # validateEndpoints; k8s.io/apimachinery/pkg/util/validation: IsFullyQualifiedDomainName.
    wanted = manifest["addressType"].string
    for node in _addresses(manifest):
        text = node.string
        if not text:
            continue
        reason = _not_a_name(text) if wanted == "FQDN" else _not_an_ip(text, wanted)
        if reason:
            host = not wanted and not formats.dns_subdomain(text) and text[-1].isalpha()
            help_ = f"use a Service with `type: ExternalName` and `externalName: {text}`"
            yield Problem(
                node,
                f"`{text}` {reason}: the API server rejects {manifest.title}",
                help=help_ if host else "",
            )
        elif wanted != "FQDN" and (short := _without_zeros(text)) != text:
            strict = manifest.minor >= 36
            result = "the API server rejects it" if strict else "some programs read it as octal"
            yield Problem(
                node,
                f"`{text}` has a number with leading zeros: {result}",
                help=f"write `{short}`",
                severity=ERROR if strict else WARNING,
            )


def _addresses(manifest: Manifest) -> Iterator[Node]:
    for subset in manifest["subsets"]:
        for field in ("addresses", "notReadyAddresses"):
            for address in subset[field]:
                yield address["ip"]
    for endpoint in manifest["endpoints"]:
        yield from endpoint["addresses"]


def _not_an_ip(text: str, wanted: str) -> str:
    """Why *text* is no address of the family *wanted* ("" for any)."""
    from ipaddress import IPv6Address, ip_address  # slow to import, and few Endpoints are written

    try:
        ip = ip_address(_without_zeros(text))
    except ValueError:
        return "is no IP address"
    if isinstance(ip, IPv6Address):
        if ip.scope_id:
            return "is no IP address"
        ip = ip.ipv4_mapped or ip
    family = f"IPv{ip.version}"
    if wanted and family != wanted:
        return f"is an {family} address, and `addressType` is {wanted}"
    if ip.is_unspecified:
        return "stands for no address at all"
    if ip.is_loopback:
        return "is a loopback address"
    local = ip.is_multicast and text.lower().startswith(("224.0.0.", "ff02:"))
    return "is a link-local address" if ip.is_link_local or local else ""


def _not_a_name(text: str) -> str:
    reason = formats.dns_subdomain(text.removesuffix("."))
    if not reason and "." not in text.removesuffix("."):
        reason = "it has no dot"
    return f"is no full domain name ({reason})" if reason else ""


def _without_zeros(text: str) -> str:
    """An IPv4 address with the numbers as they are meant."""
    parts = text.split(".")
    if ":" in text or not all(part.isdecimal() for part in parts):
        return text
    return ".".join(part.lstrip("0") or "0" for part in parts)
