from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Problem, formats, pods_of, rule


@rule(ERROR, WORKLOADS, fields=("ports",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The name of a container's port is no port name.

    Pods with such a port are rejected. Until 1.33 the API server accepted a StatefulSet with one,
    and then no pod of it was ever created.

    A port name has up to 15 lower-case letters, digits and single hyphens, with at least one
    letter. Shorten it (`metrics`, not `prometheus-metrics`), also where a Service or probe uses it.

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
            - name: prometheus-metrics  # error: it has 18 characters, and at most 15 are allowed
              containerPort: 9113
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
            - name: metrics
              containerPort: 9113
    ```
    """
    # Source: pkg/apis/core/validation: validateContainerPorts (IsValidPortName).
    for pods in pods_of(manifest):
        for port in pods.all_ports:
            if port.name and (reason := formats.port_name(port.name)):
                yield Problem(
                    port.node["name"],
                    f"`{port.name}` cannot name a port of container"
                    f" `{port.container['name'].string}`: {reason}, so no pod can be created with"
                    " it",
                    help="write up to 15 lower-case letters, digits and single hyphens",
                )
