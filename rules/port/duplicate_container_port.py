from collections.abc import Iterator

from hslint import INFO, WORKLOADS, ContainerPort, Manifest, Problem, pods_of, rule


@rule(INFO, WORKLOADS, fields=("containerPort",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A pod declares the same port number and protocol twice.

    The containers of a pod share one network: if two programs really listen on the same port, the
    second fails to start. Twice in one container is harmless but for `kubectl apply`, which merges
    the list by number and may mix the two up. The API server warns of both since 1.28.

    Remove one, or let one of the programs listen on another port.

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
        - name: admin
          image: nginx:1.29
          ports:
            - containerPort: 80  # info: containers `web` and `admin` both declare port 80/TCP
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: dns
    spec:
      containers:
        - name: dns
          image: coredns/coredns:1.12.0
          ports:
            - containerPort: 53
              protocol: UDP
            - containerPort: 53
              protocol: TCP
    ```
    """
    # Source: pkg/api/pod/warnings.go: different host ports make a difference.
    for pods in pods_of(manifest):
        if len({(port.number, port.protocol) for port in pods.ports}) == len(pods.ports):
            continue  # as nearly always
        first: dict[tuple[int, str, int | None, str], ContainerPort] = {}
        for port in pods.ports:
            if port.number is None:
                continue
            host = (port.node["hostPort"].integer, port.node["hostIP"].string)
            other = first.setdefault((port.number, port.protocol, *host), port)
            if other is port:
                continue
            one, two = other.container["name"].string, port.container["name"].string
            what = f"port {port.number}/{port.protocol}"
            if other.container.path == port.container.path:
                message = f"container `{one}` declares {what} twice"
            else:
                message = (
                    f"containers `{one}` and `{two}` both declare {what}, but they share one"
                    " network and only one can listen there"
                )
            yield Problem(
                port.node["containerPort"],
                message,
                related=((other.node["containerPort"], "the first one"),),
                help="remove one, or let one program listen on another port",
            )
