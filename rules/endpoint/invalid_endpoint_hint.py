from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, formats, has_placeholder, rule

_MOST = 8


@rule(ERROR, "EndpointSlice", fields=("hints",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A hint of an EndpointSlice names a zone or node twice, more than eight, or none that can be.

    The API server rejects it. Zones are values of a label of nodes; nodes are named by their names.
    Hints are written by the EndpointSlice controller, and best left to it.

    Leave the hints out. (Source: pkg/apis/discovery/validation: validateHints.)

    ```yaml bad
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv4
    endpoints:
      - addresses: [10.1.2.3]
        hints:
          forZones:
            - name: zone 1  # error: `zone 1` cannot be a zone
            - name: zone-2
            - name: zone-2  # error: `zone-2` is named twice
    ```

    ```yaml good
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: IPv4
    endpoints:
      - addresses: [10.1.2.3]
        hints:
          forZones:
            - name: zone-1
    ```
    """
    rejected = f"so the API server rejects {manifest.title}"
    for endpoint in manifest["endpoints"]:
        for field in ("forZones", "forNodes"):
            hints = endpoint["hints"][field]
            for node, what in _wrong(hints, zones=field == "forZones"):
                if not has_placeholder(node.string):
                    yield Problem(node, f"{what}, {rejected}", help="leave the hints out")


def _wrong(hints: Node, *, zones: bool) -> Iterator[tuple[Node, str]]:
    seen = set()
    for number, hint in enumerate(hints):
        node = hint["name"]
        name = node.string
        reason = formats.label_value(name) if zones else formats.dns_subdomain(name)
        if number == _MOST:
            yield hint, f"there are more than {_MOST} hints"
        elif name in seen:
            yield (node or hint), f"`{name}` is named twice"
        elif reason and node.written:
            yield node, f"`{name}` cannot be a {'zone' if zones else 'node'}: {reason}"
        seen.add(name)
