from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Node, Problem, formats, rule


@rule(ERROR, "Endpoints", "EndpointSlice", fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The `hostname` of an endpoint is no DNS label.

    The API server rejects it. It is one label only, such as `db-0`, which DNS puts before the name
    of the Service: `db-0.db.default.svc.cluster.local`.

    Write the first label alone, or leave `hostname` out.
    (Source: pkg/apis/core/validation: validateEndpointAddress.)

    ```yaml bad
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.3
            hostname: db-0.example.com  # error: `db-0.example.com` cannot be the host name
    ```

    ```yaml good
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.3
            hostname: db-0
    ```
    """
    for node in _hostnames(manifest):
        name = node.string
        reason = formats.dns_label(name)
        if not reason or not (name or (node.value == "" and manifest.type == "EndpointSlice")):
            continue  # an empty one of Endpoints is none
        first = name.lower().partition(".")[0]
        yield Problem(
            node,
            f"`{name}` cannot be the host name of an endpoint: {reason}, so the API server rejects"
            f" {manifest.title}",
            help=f"write `hostname: {first}`"
            if not formats.dns_label(first)
            else "write the host name of a pod, or leave it out",
            fix=Fix.write(node, first) if not formats.dns_label(first) else None,
        )


def _hostnames(manifest: Manifest) -> Iterator[Node]:
    for subset in manifest["subsets"]:
        for field in ("addresses", "notReadyAddresses"):
            for address in subset[field]:
                yield address["hostname"]
    for endpoint in manifest["endpoints"]:
        yield endpoint["hostname"]
