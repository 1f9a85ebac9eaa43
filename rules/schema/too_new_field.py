from collections.abc import Iterator, Sequence

from hslint import ERROR, Fault, Manifest, Problem, rule, written_path


@rule(ERROR)
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A field or a value is newer than the version of Kubernetes that is checked against.

    `kubectl apply` rejects a field that the API server does not know yet (`unknown field`), and the
    server rejects a value that it does not know yet (`Unsupported value`).

    Leave it out, or give the version of the cluster if it is a newer one.

    ```yaml bad 1.29
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      trafficDistribution: PreferClose  # error: came with Kubernetes 1.30
      ports:
        - port: 80
    ```

    ```yaml bad 1.33
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      trafficDistribution: PreferSameZone  # error: the value `PreferSameZone` of
      ports:
        - port: 80
    ```

    ```yaml bad 1.33
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      hostnameOverride: web.example.com  # error: came with Kubernetes 1.34
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good 1.34
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      trafficDistribution: PreferSameZone
      ports:
        - port: 80
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
    for fault in faults:
        if fault.since is None:
            continue
        node = manifest.root.at(fault.path)
        field = written_path(fault.path)
        if fault.kind == "unknown-field":
            what, node = f"the field `{field}`", node.key
        else:
            what = f"the value `{fault.value}` of `{field}`"
        yield Problem(
            node,
            f"{what} came with Kubernetes 1.{fault.since}, so 1.{manifest.minor} rejects it",
            help="leave it out, or check against the version of the cluster",
        )
