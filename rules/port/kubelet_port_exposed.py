from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule

_KUBELET = 10250


@rule(ERROR, "Service", fields=("type",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A LoadBalancer Service opens port 10250, which Kubernetes up to 1.32 keeps for the kubelet.

    The API server rejects it up to 1.32, lest the kubelets of the nodes can be reached from
    outside; from 1.33 on the port is like any other.

    Take another `port`; the `targetPort` may stay.
    (Source: pkg/apis/core/validation: ValidateService, ports of LoadBalancer Services.)

    ```yaml bad 1.32
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      selector:
        app: web
      ports:
        - port: 10250  # error: port 10250 belongs to the kubelet
          targetPort: 80
    ```

    ```yaml good 1.33
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      selector:
        app: web
      ports:
        - port: 10250
          targetPort: 80
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
    if manifest.minor > 32 or manifest.spec["type"].string != "LoadBalancer":
        return
    for port in manifest.spec["ports"]:
        if port["port"].integer == _KUBELET:
            yield Problem(
                port["port"],
                f"port {_KUBELET} belongs to the kubelet, so the API server of 1.{manifest.minor}"
                f" rejects {manifest.title}",
                help="write another `port`, and this number as the `targetPort`",
            )
