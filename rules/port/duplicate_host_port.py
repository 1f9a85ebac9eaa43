from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, pods_of, rule


@rule(ERROR, WORKLOADS, fields=("hostPort", "hostNetwork"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """Two containers of a pod ask for the same port of the node.

    No pod can be created so: a node has each port once. In a pod with `hostNetwork: true` every
    container port is a port of the node.

    Take another `hostPort`, or leave it out: pods are reached through Services.

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      containers:
        - name: proxy
          image: haproxy:3.1
          ports:
            - containerPort: 8080
              hostPort: 80
        - name: admin
          image: nginx:1.29
          ports:
            - containerPort: 8081
              hostPort: 80  # error: asks for port 80/TCP of the node, as container `proxy` does
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      containers:
        - name: proxy
          image: haproxy:3.1
          ports:
            - containerPort: 53
              hostPort: 53
              protocol: TCP
            - containerPort: 53
              hostPort: 53
              protocol: UDP
    ```
    """
    # Sources: pkg/apis/core/validation: AccumulateUniqueHostPorts (main containers together);
    # pkg/apis/core/v1: defaultHostNetworkPorts.
    for pods in pods_of(manifest):
        shared = pods.spec["hostNetwork"].value is True
        first: dict[tuple[int, str, str], tuple[Node, Node]] = {}
        for container in pods.containers:
            for port in container["ports"]:
                node = port["hostPort"]
                if shared and not node.integer:
                    node = port["containerPort"]
                if not node.integer:
                    continue
                protocol = port["protocol"].string or "TCP"
                key = (node.integer, protocol, port["hostIP"].string)
                other, at = first.setdefault(key, (container, node))
                if at.path == node.path:
                    continue
                yield Problem(
                    node,
                    f"container `{container['name'].string}` asks for port"
                    f" {node.integer}/{protocol} of the node, as container"
                    f" `{other['name'].string}` does, so no pod can be created with both",
                    related=((at, "the first one"),),
                    help="take another port, or leave `hostPort` out",
                )
