from collections.abc import Iterator

from hslint import ALL, ERROR, Manifest, Node, Problem, formats, plain_at, rule


@rule(ERROR, "NetworkPolicy")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A peer or a range of ports of a NetworkPolicy is not one.

    The API server rejects it. A peer is a `podSelector`, a `namespaceSelector`, or both, or else an
    `ipBlock` alone. A range goes from a number in `port` up to `endPort`.

    An exception (`except`) is a part of its block.

    Write each peer as an item of its own; leave `from` or `to` out to mean everyone.
    (Source: pkg/apis/networking/validation: ValidateNetworkPolicyPeer, ValidateNetworkPolicyPort.)

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock:  # error: `ipBlock` excludes `podSelector`
                cidr: 10.0.0.0/8
              podSelector: {}
            - {}  # error: this peer names nobody
          ports:
            - port: http
              endPort: 90  # error: a range needs a number in `port`
            - port: 90
              endPort: 80  # error: `endPort` 80 is below `port` 90
    ```

    ```yaml good
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock:
                cidr: 10.0.0.0/8
            - podSelector: {}
          ports:
            - port: 80
              endPort: 90
    ```

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock:
                cidr: 10.0.0.0/8
                except:
                  - 192.168.1.0/24  # error: `192.168.1.0/24` is no part of `10.0.0.0/8`
    ```
    """
    spec, title = manifest.spec, manifest.title
    kinds = spec.mapping.get("policyTypes")
    if isinstance(kinds, list) and len(kinds) > 2:
        message = f"`policyTypes` has more than two, so the API server rejects {title}"
        help_ = "write each of `Ingress` and `Egress` once at most"
        yield Problem(spec["policyTypes"], message, help=help_)
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        for path, peer in plain_at(spec.value, direction, ALL, peers, ALL):
            if not (isinstance(peer, dict) and _is_one(peer)):
                yield from _peer(spec.at(path), title)
            if isinstance(peer, dict) and "ipBlock" in peer:
                yield from _block(spec.at(path)["ipBlock"], title)
        for path, port in plain_at(spec.value, direction, ALL, "ports", ALL):
            if isinstance(port, dict) and "endPort" in port:
                yield from _range(spec.at(path), title)
            if isinstance(port, dict) and port.get("port") == "":
                what = f"`port` is empty, so the API server rejects {title}"
                yield Problem(spec.at(path)["port"], what, help="leave it out for all ports")


def _is_one(peer: dict[str, object]) -> bool:
    """Whether a peer says one thing, as nearly all do."""
    return sum(value is not None for value in peer.values()) == 1


def _peer(peer: Node, title: str) -> Iterator[Problem]:
    rejected = f"so the API server rejects {title}"
    selectors = [n for n in ("podSelector", "namespaceSelector") if peer[n].value is not None]
    if peer["ipBlock"] and selectors:
        yield Problem(
            peer["ipBlock"].key,
            f"`ipBlock` excludes `{selectors[0]}` in one peer, {rejected}",
            related=((peer[selectors[0]].key, "this belongs to another item"),),
            help="write each as an item of its own, with a `-`",
        )
    elif isinstance(peer.value, dict | None) and not any(
        value is not None for value in peer.mapping.values()
    ):
        yield Problem(
            peer,
            f"this peer names nobody, {rejected}",
            help="write `podSelector: {}` for all pods of the namespace, or leave the list out",
        )


def _block(block: Node, title: str) -> Iterator[Problem]:
    """Each exception lies within the block, and is not all of it (validateIPBlock)."""
    if "except" not in block.mapping:
        return
    from ipaddress import ip_network  # slow to import, and few policies have exceptions

    cidr = block["cidr"].string
    for exception in block["except"]:
        try:
            whole, part = (
                ip_network(formats.canonical(text), strict=False)
                for text in (cidr, exception.string)
            )
        except ValueError:
            continue  # invalid-ip-address says so
        inside = whole.version == part.version and whole.prefixlen < part.prefixlen
        if not inside or part.network_address not in whole:
            yield Problem(
                exception,
                f"`{exception.string}` is no part of `{cidr}`, so the API server rejects {title}",
                related=((block["cidr"], "the block it is taken from"),),
                help="write a smaller block within it",
            )


def _range(port: Node, title: str) -> Iterator[Problem]:
    last, first = port["endPort"], port["port"]
    rejected = f"so the API server rejects {title}"
    if last.integer is None:
        return
    if first.integer is None:
        message, help_ = f"a range needs a number in `port`, {rejected}", "write the first port"
        yield Problem(last, message, help=help_)
    elif last.integer < first.integer:
        yield Problem(
            last,
            f"`endPort` {last.integer} is below `port` {first.integer}, {rejected}",
            related=((first, "the range begins here"),),
            help="write the larger number as `endPort`",
        )
