from collections.abc import Iterator

from hslint import INFO, Manifest, Node, Pods, Problem, pods_of, rule


@rule(
    INFO,
    "Deployment",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
    fields=("hostPort", "hostNetwork"),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """Several replicas ask for the same port of their node.

    A node has each port once, so each pod needs a node of its own: with more replicas than nodes
    the rest stay Pending, and a rolling update waits for a free node.

    Leave `hostPort` out and use a Service, or run one pod on each node with a DaemonSet.

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: proxy
    spec:
      replicas: 3
      selector:
        matchLabels:
          app: proxy
      template:
        metadata:
          labels:
            app: proxy
        spec:
          containers:
            - name: proxy
              image: haproxy:3.1
              ports:
                - containerPort: 8080
                  hostPort: 80  # info: each of the 3 pods of Deployment `proxy` needs its own node
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: proxy
    spec:
      replicas: 3
      selector:
        matchLabels:
          app: proxy
      template:
        metadata:
          labels:
            app: proxy
        spec:
          containers:
            - name: proxy
              image: haproxy:3.1
              ports:
                - containerPort: 8080
    ```
    """
    for pods in pods_of(manifest):
        if pods.replicas > 1 and (node := _host_port(pods)):
            yield Problem(
                node,
                f"each of the {pods.replicas} pods of {manifest.title} needs its own node for port"
                f" {node.integer}, so with fewer nodes the rest stay Pending",
                related=((manifest.spec["replicas"], "so many pods"),),
                help="leave `hostPort` out and use a Service, or make it a DaemonSet",
            )


def _host_port(pods: Pods) -> Node | None:
    """The first port of the node that the pods ask for."""
    shared = pods.spec["hostNetwork"].value is True
    for container in pods.containers:
        for port in container["ports"]:
            node = port["hostPort"]
            if shared and not node.integer:
                node = port["containerPort"]
            if node.integer:
                return node
    return None
