from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, rule


@rule(WARNING, "EndpointSlice")
def check(manifest: Manifest) -> Iterator[Problem]:
    """An EndpointSlice holds host names: its `addressType` is FQDN.

    Neither kube-proxy nor DNS uses such slices: the Service leads nowhere. They are deprecated.

    Write IP addresses, or use a Service of type `ExternalName`.
    (Source: pkg/registry/discovery/endpointslice: warnOnDeprecatedAddressType.)

    ```yaml bad
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database-1
      labels:
        kubernetes.io/service-name: database
    addressType: FQDN  # warning: nothing in Kubernetes uses the host names of EndpointSlice
    endpoints:
      - addresses:
          - db.example.com
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      type: ExternalName
      externalName: db.example.com
    ```
    """
    node = manifest["addressType"]
    if node.string == "FQDN":
        name = manifest["endpoints"][0]["addresses"][0].string or "NAME"
        yield Problem(
            node,
            f"nothing in Kubernetes uses the host names of {manifest.title}: kube-proxy and DNS"
            " skip slices of type FQDN",
            help=f"use a Service with `type: ExternalName` and `externalName: {name}`",
        )
