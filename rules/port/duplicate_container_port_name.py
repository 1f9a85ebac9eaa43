from collections.abc import Iterator

from hslint import ERROR, WARNING, WORKLOADS, Manifest, Node, Problem, pods_of, rule


@rule(ERROR, WORKLOADS, fields=("ports",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """Two ports of a pod have the same name.

    Within one container no pod can be created so. In two containers it is accepted, with a
    warning since 1.33: a Service that asks for the name is led to the first container alone.

    Give each port of the pod its own name, and adjust the Services and probes that use it.

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
            - name: http
              containerPort: 80
            - name: http  # error: container `web` has two ports named `http`
              containerPort: 8080
    ```

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
            - name: http
              containerPort: 80
        - name: exporter
          image: nginx/nginx-prometheus-exporter:1.4
          ports:
            - name: http  # warning: containers `web` and `exporter` both have a port named `http`
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
            - name: http
              containerPort: 80
        - name: exporter
          image: nginx/nginx-prometheus-exporter:1.4
          ports:
            - name: metrics
              containerPort: 9113
    ```
    """
    # Sources: pkg/apis/core/validation: validateContainerPorts; pkg/api/pod/warnings.go (1.33),
    # which goes by the name alone, whatever the protocol, over main containers and sidecars.
    for pods in pods_of(manifest):
        names = [port.name for port in pods.all_ports if port.name]
        if len({*names}) == len(names):
            continue  # as nearly always
        first: dict[str, tuple[Node, Node]] = {}
        for container in pods.all_containers:
            yield from _within(container)
        for port in pods.ports:
            if not port.name:
                continue
            other, node = first.setdefault(port.name, (port.container, port.node))
            if other.path != port.container.path:
                one, two = other["name"].string, port.container["name"].string
                yield Problem(
                    port.node["name"],
                    f"containers `{one}` and `{two}` both have a port named `{port.name}`, so a"
                    f" Service that asks for `{port.name}` is led to `{one}` alone",
                    related=((node["name"], "the first one"),),
                    help="give it a name of its own",
                    severity=WARNING,
                )


def _within(container: Node) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for port in container["ports"]:
        name = port["name"]
        if name.string and first.setdefault(name.string, name).path != name.path:
            yield Problem(
                name,
                f"container `{container['name'].string}` has two ports named `{name.string}`, so"
                " no pod can be created with them",
                related=((first[name.string], "the first one"),),
                help="give each port its own name",
            )
