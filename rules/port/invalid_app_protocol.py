from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, formats, has_placeholder, rule


@rule(ERROR, "Service", "Endpoints", "EndpointSlice", fields=("appProtocol",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The `appProtocol` of a port is no name of a protocol.

    The API server rejects it. It is a plain name such as `http` or `grpc`, or one with the domain
    of those who gave it its meaning: `kubernetes.io/h2c`. It is never read as an address.

    Write the name alone. (Source: pkg/apis/core/validation: validateServicePort.)

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
          appProtocol: http://  # error: `http://` cannot be the protocol of a port
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          appProtocol: kubernetes.io/h2c
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 80
    ```
    """
    parts = [manifest.spec, manifest.root, *manifest["subsets"]]
    for node in (port["appProtocol"] for part in parts for port in part["ports"]):
        if not isinstance(node.value, str) or has_placeholder(node.string):
            continue
        if reason := formats.label_key(node.string):
            yield Problem(
                node,
                f"`{node.string}` cannot be the protocol of a port: {reason}, so the API server"
                f" rejects {manifest.title}",
                help="write a plain name, such as `http`",
            )
