from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule, service_ports


@rule(ERROR, "Service", fields=("nodePort",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service sets `nodePort`, but its type is ClusterIP.

    The API server rejects it: only Services of type NodePort and LoadBalancer open a port on the
    nodes, and ClusterIP is the type of a Service that does not say.

    Write `type: NodePort`, or remove `nodePort`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          nodePort: 30080  # error: Service `web` is of type ClusterIP
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: external
    spec:
      type: NodePort
      ports:
        - port: 80
          nodePort: 30080
    ```
    """
    # Source: pkg/apis/core/validation: ValidateService. A headless Service's is a headless rule's.
    kind = manifest.spec["type"]
    if kind.string not in ("", "ClusterIP") or manifest.spec["clusterIP"].string == "None":
        return
    for port in service_ports(manifest):
        node = port.node["nodePort"]
        if node.integer:
            yield Problem(
                node,
                f"{manifest.title} is of type ClusterIP, which has no node ports, so the API"
                f" server rejects `nodePort: {node.integer}`",
                related=((kind, "the type"),) if kind else (),
                help="write `type: NodePort` under `spec`, or remove `nodePort`",
            )
