from collections.abc import Iterator

from hslint import WARNING, Manifest, Node, Problem, pods_of, rule


@rule(WARNING)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A field belongs to a feature that this version of Kubernetes has switched off by default.

    The API server accepts the object and drops the field without a word, unless the cluster was
    started with the feature gate on: the `restartPolicy` that makes a sidecar of an init container
    in 1.28, `hostnameOverride`, `restartPolicyRules` and `fileKeyRef` in 1.34, an `image` volume up
    to 1.34, a `stopSignal` in all versions so far. Nor does it look at what stands in the field.

    Turn the feature gate on, or use a newer version.
    (Source: pkg/api/pod: dropDisabledFields; pkg/features: kube_features.go.)

    ```yaml bad 1.30
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      trafficDistribution: PreferClose  # warning: 1.30 drops `trafficDistribution`
      ports:
        - port: 80
    ```

    ```yaml bad 1.28
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      initContainers:
        - name: proxy
          image: envoyproxy/envoy:v1.34.0
          restartPolicy: Always  # warning: 1.28 drops `restartPolicy`
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml bad 1.34
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      hostnameOverride: web.example.com  # warning: 1.34 drops `hostnameOverride`
      containers:
        - name: web
          image: nginx:1.29
          restartPolicyRules: [{action: Restart}]  # warning: 1.34 drops `restartPolicyRules`
    ```

    ```yaml good 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      hostnameOverride: web.example.com
      containers:
        - name: web
          image: nginx:1.29
          restartPolicy: Never
          restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]
    ```

    ```yaml bad 1.26
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      serviceName: db
      ordinals: {start: 1}  # warning: 1.26 drops `ordinals`
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers: [{name: db, image: "mongo:8"}]
    ```

    ```yaml good 1.31
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      trafficDistribution: PreferClose
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
    for fault in manifest.faults:
        if fault.kind == "dropped-field":
            yield _problem(manifest.root.at(fault.path), manifest)
    if manifest.minor in (28, 34):
        for node in _restart_policies(manifest):
            yield _problem(node, manifest)


def _problem(node: Node, manifest: Manifest) -> Problem:
    return Problem(
        node.key,
        f"Kubernetes 1.{manifest.minor} drops `{node.path[-1]}` without a word, unless its"
        " feature gate is turned on",
        help="turn the feature gate on, or use a newer version",
    )


def _restart_policies(manifest: Manifest) -> Iterator[Node]:
    """Those of containers: for sidecars since 1.29, for others since 1.35.

    In between, 1.34 already knows the field everywhere (pkg/api/pod: dropContainerRestartRules).
    """
    for pods in pods_of(manifest):
        for plain, field, number in pods.plain_containers:
            policy = plain.get("restartPolicy")
            init = field == "initContainers"
            sidecar = init and policy == "Always"
            if policy is not None and (init if manifest.minor == 28 else not sidecar):
                yield pods.spec[field][number]["restartPolicy"]
