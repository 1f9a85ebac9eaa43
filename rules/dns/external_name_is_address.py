from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, rule


@rule(WARNING, "Service", fields=("externalName",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The `externalName` of a Service is an IP address, which DNS cannot answer with.

    An ExternalName Service is an alias of another name. The API server takes four numbers for a
    name, too, but CoreDNS gives no answer at all for it: the Service never resolves.

    For an address, leave `type` and `externalName` out and write an EndpointSlice with the address.
    (Source: coredns plugin/kubernetes: an ExternalName that is an address has no record.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      type: ExternalName
      externalName: 203.0.113.7  # warning: `203.0.113.7` is an address
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: db-1
      labels:
        kubernetes.io/service-name: db
    addressType: IPv4
    endpoints:
      - addresses: [203.0.113.7]
    ports:
      - name: postgres
        port: 5432
    ```
    """
    name = manifest.spec["externalName"]
    parts = name.string.removesuffix(".").split(".")
    is_address = len(parts) == 4 and all(p.isdecimal() and int(p) < 256 for p in parts)
    if manifest.spec["type"].string == "ExternalName" and is_address:
        yield Problem(
            name,
            f"`{name.string}` is an address and no name, so {manifest.title} never resolves",
            help="write an EndpointSlice with the address, and a Service without `externalName`",
        )
