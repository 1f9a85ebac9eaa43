from collections.abc import Iterator

from hslint import ERROR, UNSAFE, WORKLOADS, Fix, Manifest, Problem, pods_of, rule


@rule(ERROR, WORKLOADS, fields=("hostPort",), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A pod on the node's network maps a container port to another port of the node.

    No pod can be created so: with `hostNetwork: true` there is nothing to map, the program listens
    on the node's own port.

    Write the same number twice, or leave `hostPort` out.

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      hostNetwork: true
      containers:
        - name: proxy
          image: haproxy:3.1
          ports:
            - containerPort: 8080
              hostPort: 80  # error: `hostPort` 80 is not the `containerPort` 8080
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      hostNetwork: true
      containers:
        - name: proxy
          image: haproxy:3.1
          ports:
            - containerPort: 8080
              hostPort: 8080
    ```
    """
    # Source: pkg/apis/core/validation: validateHostNetwork.
    for pods in pods_of(manifest):
        if pods.spec["hostNetwork"].value is not True:
            continue
        for container in pods.all_containers:
            for port in container["ports"]:
                number, host = port["containerPort"].integer, port["hostPort"].integer
                if number and host and number != host:
                    yield Problem(
                        port["hostPort"],
                        f"`hostPort` {host} is not the `containerPort` {number}, as `hostNetwork`"
                        " demands, so no pod can be created",
                        related=(
                            (port["containerPort"], "the port of the container"),
                            (pods.spec["hostNetwork"].entry, "the pod is on the node's network"),
                        ),
                        help=f"write `hostPort: {number}`, or leave it out",
                        fix=Fix.write(port["hostPort"], number),
                    )
