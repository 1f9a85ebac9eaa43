from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    Fix,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    is_headless,
    rule,
)


@rule(ERROR, "Service", fields=("ipFamilies", "clusterIPs"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The IP families of a Service do not go together, or not with its `clusterIP`.

    The API server rejects it. A Service has one address of a family at most, in the order of its
    `ipFamilies`, and two families only with an `ipFamilyPolicy` that allows two: without one it
    is `SingleStack`, except for a headless Service without a selector.

    Leave `clusterIP` and `ipFamilies` out to be given what the cluster has, or make them agree.
    (Source: pkg/apis/core/validation: ValidateServiceClusterIPsRelatedFields;
    pkg/registry/core/service/storage: initIPFamilyFields.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: 10.96.0.20
      ipFamilies:
        - IPv6  # error: `10.96.0.20` is an IPv4 address
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ipFamilyPolicy: SingleStack
      ipFamilies:
        - IPv4
        - IPv6  # error: `ipFamilyPolicy: SingleStack` allows one family only
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ipFamilies:
        - IPv4
        - IPv6  # error: without `ipFamilyPolicy` one family only is allowed
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      ipFamilyPolicy: PreferDualStack
      ipFamilies:
        - IPv4
        - IPv6
    ```
    """
    spec = manifest.spec
    if spec["type"].string == "ExternalName":
        return  # service-field-of-other-type says what such a Service may not have
    rejected = f"so the API server rejects {manifest.title}"
    families, addresses = list(spec["ipFamilies"]), list(spec["clusterIPs"]) or [spec["clusterIP"]]
    for names in (families, addresses):
        yield from _repeated(names, rejected)
    for family in families:
        if family.value in (None, ""):
            message = f"this item of `ipFamilies` is empty, {rejected}"
            yield Problem(family, message, help="write `IPv4` or `IPv6`, or leave it out")
    for family, address in zip(families, addresses, strict=False):
        of = _family(address)
        if family.string and of and of != family.string:
            yield Problem(
                family,
                f"`{address.string}` is an {of} address, not one of {family.string}, {rejected}",
                related=((address, "this address is meant"),),
                help=f"write `{of}`, or leave the address out",
                fix=Fix.write(family, of),
            )
    several = families if len(families) > 1 else addresses if len(addresses) > 1 else []
    policy = spec["ipFamilyPolicy"]
    unset = not policy and not (is_headless(manifest) and not spec["selector"].value)
    if several and (unset or policy.string == "SingleStack"):
        without = "without `ipFamilyPolicy` one family only is allowed"
        yield Problem(
            several[1],
            f"{without if unset else '`ipFamilyPolicy: SingleStack` allows one family only'},"
            f" {rejected}",
            related=() if unset else ((policy, "this allows one"),),
            help="write `ipFamilyPolicy: PreferDualStack`, or leave the second out",
            fix=Fix.put(spec, "ipFamilyPolicy", "PreferDualStack"),
        )


def _repeated(nodes: list[Node], rejected: str) -> Iterator[Problem]:
    """The second one of a family; both lists hold two at most, one for each."""
    seen: dict[str, Node] = {}
    for node in nodes:
        first = seen.setdefault(_family(node), node)
        if _family(node) and first is not node:
            yield Problem(
                node,
                f"there are two of {_family(node)} and one at most is allowed, {rejected}",
                related=((first, "the first one"),),
                help="remove one of them",
            )


def _family(node: Node) -> str:
    """The family that a node names or belongs to; "" if none."""
    text = node.string
    if text in ("IPv4", "IPv6"):
        return text
    if not text or has_placeholder(text) or formats.ip_address(text, 25):
        return ""
    return "IPv6" if ":" in text else "IPv4"
