from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, World, rule, service_ports


@rule(ERROR, "Service", fields=("nodePort",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Two Service ports ask for the same port of the nodes.

    A node port belongs to one Service port of the whole cluster, whatever the namespace: the API
    server rejects the second one (`provided port is already allocated`).

    Give one of them another `nodePort`, or leave it out to be given a free one.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: NodePort
      ports:
        - port: 80
          nodePort: 30080
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: admin
    spec:
      type: NodePort
      ports:
        - port: 80
          nodePort: 30080  # error: Service `web` has node port 30080/TCP already
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: NodePort
      ports:
        - name: http
          port: 80
          nodePort: 30080
        - name: https
          port: 443
          nodePort: 30443
    ```
    """
    # Source: pkg/apis/core/validation: ValidateService ("Check for duplicate NodePorts") within a
    # Service, pkg/registry/core/service/portallocator between Services.
    if manifest.spec["type"].string in ("", "ClusterIP"):
        return  # node-port-on-cluster-ip says so
    for port in service_ports(manifest):
        node = port.node["nodePort"]
        if not node.integer:
            continue
        # Only the same file: elsewhere the other one may be an alternative.
        for service, other in world.node_ports(node.integer, port.protocol, manifest.file):
            if service is manifest and other.node.path == port.node.path:
                break
            if service is not manifest and service.name == manifest.name:
                continue
            yield Problem(
                node,
                f"{service.title} has node port {node.integer}/{port.protocol} already, so the API"
                " server rejects the second one",
                related=((other.node["nodePort"], "the first one"),),
                help="write another number, or remove `nodePort` to be given a free one",
            )
            break
