from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    rule,
)


@rule(ERROR, "Endpoints", "EndpointSlice", fixes=(UNSAFE,))
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
          - ip: db.example.com  # error: it is no IP address
          - ip: 127.0.0.1  # error: it is a loopback address
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
          - 10.1.2.3  # error: it is an IPv4 address
    ```

    ```yaml bad 1.36
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.003  # error: a number in it begins with 0
    ```

    ```yaml bad 1.35
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.003  # warning: a number in `10.1.2.003` begins with 0
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
    if wanted not in ("", "IPv4", "IPv6", "FQDN"):
        return  # unsupported-value says so
    for node in _addresses(manifest):
        text = node.string
        is_empty = node.value == "" or (node.value is None and isinstance(node.path[-1], int))
        if not (text or is_empty) or has_placeholder(text):
            continue
        reason = _not_a_name(text) if wanted == "FQDN" else _not_an_ip(text, wanted, manifest.minor)
        if reason:
            yield Problem(
                node,
                f"`{text}` cannot be an address here: {reason}, so the API server rejects"
                f" {manifest.title}",
                help=_help(text, wanted),
            )
        elif (plain := formats.canonical(text)) != text:
            rejected = ":" in plain and manifest.type == "EndpointSlice"
            yield Problem(
                node,
                _unusual(text, plain, manifest.title if rejected else ""),
                help=f"write `{plain}`",
                fix=Fix.write(node, plain),
                severity=None if rejected else WARNING,
            )


def _unusual(text: str, plain: str, rejected: str) -> str:
    """What is unusual in an address, which some versions take and others do not."""
    if ":" in plain:
        result = f"rejects {rejected}" if rejected else "warns of it"
        return f"`{text}` is an IPv6 address in a form of its own, so the API server {result}"
    if ":" in text:
        return f"`{text}` is an IPv4 address written as an IPv6 one, which 1.36 rejects"
    return f"a number in `{text}` begins with 0, so some programs read it as octal"


def _addresses(manifest: Manifest) -> Iterator[Node]:
    for subset in manifest["subsets"]:
        for address in (*subset["addresses"], *subset["notReadyAddresses"]):
            yield address["ip"]
    for endpoint in manifest["endpoints"]:
        yield from endpoint["addresses"]


def _not_an_ip(text: str, wanted: str, minor: int) -> str:
    """Why *text* is no address of the family *wanted* ("" for any)."""
    if reason := formats.ip_address(text, minor):
        return reason
    family = "IPv6" if ":" in formats.canonical(text) else "IPv4"
    if wanted and family != wanted:
        return f"it is an {family} address, and `addressType` is {wanted}"
    return formats.special_address(text)


def _not_a_name(text: str) -> str:
    reasons = map(formats.dns_label, text.removesuffix(".").split("."))
    reason = formats.dns_subdomain(text.removesuffix(".")) or next(filter(None, reasons), "")
    return reason or ("" if "." in text.removesuffix(".") else "it has no dot")


def _help(text: str, wanted: str) -> str:
    if not wanted and text[-1:].isalpha() and not formats.dns_subdomain(text):
        return f"use a Service with `type: ExternalName` and `externalName: {text}`"
    short = formats.without_zeros(text)
    return f"write `{short}`" if short != text else "write the address of a program to connect to"
