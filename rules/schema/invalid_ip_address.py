from collections.abc import Callable, Iterator

from hslint import (
    ERROR,
    INFO,
    UNSAFE,
    WARNING,
    WORKLOADS,
    Fix,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

_FIELDS = (
    *("clusterIP", "externalIPs", "loadBalancerSourceRanges", "cidr"),
    *("hostAliases", "dnsConfig"),
)


@rule(ERROR, "Service", "NetworkPolicy", WORKLOADS, fields=_FIELDS, fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An IP address, or a block of them, is written as none can be.

    The API server rejects it. Since 1.36 it also rejects what it used to interpret: numbers that
    begin with 0, which some programs read as octal, and blocks that do not begin where their prefix
    says (`10.0.0.1/8`).

    Write the address plainly; for a host name an address is needed, since none is looked up here.
    (Source: pkg/apis/core/validation: IsValidIPForLegacyField, IsValidCIDRForLegacyField, and the
    feature gate StrictIPCIDRValidation.)

    ```yaml bad 1.36
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      clusterIP: 10.96.0.020  # error: a number in it begins with 0
      externalIPs:
        - db.example.com  # error: it is no IP address
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml bad 1.35
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      clusterIP: 10.96.0.020  # warning: a number in `10.96.0.020` begins with 0
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml bad 1.36
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock:
                cidr: 10.1.0.1/16  # error: the block begins at `10.1.0.0`
    ```

    ```yaml good
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock:
                cidr: 10.1.0.0/16
    ```
    """
    for node, form in _fields(manifest):
        text = node.string
        item = isinstance(node.path[-1], int) and node.value is None  # as good as an empty one
        if not (text or item or node.value == "") or has_placeholder(text):
            continue
        if reason := form(text, manifest.minor):
            yield Problem(
                node,
                f"`{text}` cannot be written here: {reason}, {manifest.rejection(node.path)}",
                help=_help(text, reason),
            )
        elif (plain := formats.canonical(text.strip())) != text.strip():
            yield Problem(
                node,
                _warning(text, plain),
                help=f"write `{plain}`",
                fix=Fix.write(node, plain),
                severity=INFO if ":" in plain else WARNING,
            )


def _warning(text: str, plain: str) -> str:
    """What a newer Kubernetes does not take, or what programs write in another way."""
    if formats.without_zeros(text.partition("/")[0]) != text.partition("/")[0]:
        return f"a number in `{text}` begins with 0, so some programs read it as octal"
    if ":" in plain:
        return f"`{text}` is an IPv6 address in a form of its own"
    if ":" in text:
        return f"`{text}` is an IPv4 address written as an IPv6 one, which 1.36 rejects"
    return f"the block of `{text}` begins at `{plain}`, and 1.36 rejects the bits behind it"


def _help(text: str, reason: str) -> str:
    if reason.startswith("the block begins"):
        return f"write {reason.rpartition(' ')[2][:-1]}/{text.partition('/')[2]}`"
    plain = formats.canonical(text)
    return f"write `{plain}`" if plain != text else "write an IP address, such as `203.0.113.7`"


def _fields(manifest: Manifest) -> Iterator[tuple[Node, Callable[[str, int], str]]]:
    """Each address with its form; those of Endpoints are invalid-endpoint-address' affair."""
    spec = manifest.spec
    if manifest.type == "Service":
        address = spec["clusterIP"].string
        if address not in ("", "None") and not formats.ip_address(address, 25):
            yield spec["clusterIP"], formats.ip_address  # else cluster-ip-invalid says it better
        for node in spec["externalIPs"]:
            yield node, _external
        for node in spec["loadBalancerSourceRanges"]:
            yield node, lambda *_: ""  # invalid-load-balancer says what is no block
    for node in _blocks(manifest):
        yield node, formats.cidr
    for pods in pods_of(manifest):
        aliases = [alias["ip"] for alias in pods.spec["hostAliases"]]
        for node in (*pods.spec["dnsConfig"]["nameservers"], *aliases):
            yield node, formats.ip_address


def _blocks(manifest: Manifest) -> Iterator[Node]:
    """The blocks of addresses of a NetworkPolicy."""
    policy = manifest.type == "NetworkPolicy"
    for ways in (("ingress", "from"), ("egress", "to")) if policy else ():
        for entry in manifest.spec[ways[0]]:
            for block in (peer["ipBlock"] for peer in entry[ways[1]]):
                yield block["cidr"]
                yield from block["except"]


def _external(text: str, minor: int) -> str:
    return formats.ip_address(text, minor) or formats.special_address(text)
