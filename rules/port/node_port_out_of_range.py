from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, rule, service_ports


@rule(WARNING, "Service", fields=("nodePort",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A `nodePort` is outside the range that clusters use.

    Node ports go from 30000 to 32767 unless the API server runs with another
    `--service-node-port-range`; it rejects the Service otherwise.

    Take a port of that range, or leave `nodePort` out to be given a free one.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: NodePort
      ports:
        - port: 80
          nodePort: 8080  # warning: 8080 is outside the range of node ports
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: NodePort
      ports:
        - port: 80
          nodePort: 30080
    ```
    """
    # Source: pkg/registry/core/service/portallocator; kube-apiserver's default range.
    if manifest.spec["type"].string not in ("NodePort", "LoadBalancer"):
        return  # node-port-on-cluster-ip says so
    for port in service_ports(manifest):
        node = port.node["nodePort"]
        if node.integer and not 30000 <= node.integer <= 32767:
            yield Problem(
                node,
                f"{node.integer} is outside the range of node ports, 30000 to 32767, so the API"
                " server rejects it unless the cluster is set up with another range",
                help="take a port of the range, or remove `nodePort` to be given a free one",
            )
