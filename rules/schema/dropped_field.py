from collections.abc import Iterator

from hslint import WARNING, WORKLOADS, Manifest, Node, Problem, pods_of, rule

#: The minors that know each field while its feature is off unless the cluster turns it on
#: (k8s.io/kubernetes pkg/features: kube_features.go); max-unavailable-ignored is about one more.
_TRAFFIC = (30, 30)  # ServiceTrafficDistribution
_ORDINALS = (26, 26)  # StatefulSetStartOrdinal
_HOSTNAME = (34, 34)  # HostnameOverride
_SIDECAR = (28, 28)  # SidecarContainers
_RESTART_RULES = (34, 34)  # ContainerRestartRules


@rule(WARNING, WORKLOADS, "Service")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A field belongs to a feature that this version of Kubernetes has switched off by default.

    The API server accepts the object and drops the field without a word, unless the cluster was
    started with the feature gate on: `ordinals` in 1.26, the `restartPolicy` that makes a sidecar
    of an init container in 1.28, `trafficDistribution` in 1.30, `hostnameOverride` and
    `restartPolicyRules` in 1.34.

    Turn the feature gate on, or use a newer version.

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
    minor = manifest.minor
    if minor > _HOSTNAME[1]:
        return
    for node, (first, last) in _fields(manifest):
        if node and first <= minor <= last:
            field = node.path[-1]
            yield Problem(
                node.key,
                f"Kubernetes 1.{minor} drops `{field}` without a word, unless its feature gate is"
                " turned on",
                help="turn the feature gate on, or use a newer version",
            )


def _fields(manifest: Manifest) -> Iterator[tuple[Node, tuple[int, int]]]:
    if manifest.type == "Service":
        yield manifest.spec["trafficDistribution"], _TRAFFIC
    if manifest.type == "StatefulSet":
        yield manifest.spec["ordinals"], _ORDINALS
    for pods in pods_of(manifest):
        yield pods.spec["hostnameOverride"], _HOSTNAME
        for container in pods.spec["initContainers"]:
            yield container["restartPolicy"], _SIDECAR
        for container in pods.all_containers:
            yield container["restartPolicyRules"], _RESTART_RULES
