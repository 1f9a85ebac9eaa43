from collections.abc import Iterator

from hslint import INFO, WORKLOADS, Manifest, Problem, pods_of, rule


@rule(INFO, WORKLOADS, fields=("hostIP",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A container port has a `hostIP` and no `hostPort`, so it opens nothing on the node.

    The API server warns of it (`hostIP set without hostPort`).

    Add the `hostPort`, or leave the `hostIP` out. (Source: pkg/api/pod: warningsForPodSpecAndMeta.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 80
              hostIP: 192.0.2.1  # info: `hostIP` without `hostPort` opens nothing on the node
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 80
              hostIP: 192.0.2.1
              hostPort: 80
    ```
    """
    for pods in pods_of(manifest):
        if pods.spec["hostNetwork"].value is True:
            continue  # then every container port is the node's
        for container in pods.all_containers:
            for port in container["ports"]:
                if port["hostIP"].string and not port["hostPort"].value:
                    yield Problem(
                        port["hostIP"],
                        "`hostIP` without `hostPort` opens nothing on the node, so the API server"
                        " warns of it",
                        help="add `hostPort`, or leave `hostIP` out",
                    )
