from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, World, label_selector, near_misses, rule


@rule(WARNING, "PodMonitor.monitoring.coreos.com")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A PodMonitor selects no pods.

    Prometheus then scrapes nothing, and nothing says so. It selects by the labels of pods, those of
    `spec.template.metadata.labels`, and without `namespaceSelector` only in its own namespace.

    Select labels that the pods carry.
    (Source: prometheus-operator, pkg/prometheus/promcfg.go.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web-server
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: metrics
              containerPort: 9113
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: PodMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web-srever  # warning: no pods in the files given carry `app=web-srever`
      podMetricsEndpoints:
        - port: metrics
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web-server
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: metrics
              containerPort: 9113
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: PodMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web-server
      podMetricsEndpoints:
        - port: metrics
    ```
    """
    node = manifest.spec["selector"]
    selector = label_selector(node)
    if not selector or manifest.spec["namespaceSelector"] or world.select(selector, manifest):
        return
    near = near_misses(selector, world.pods_beside(manifest), manifest.name)[:1]
    severity = world.absence(manifest, "pods")
    at, help_ = node, "select labels that the pods carry"
    if severity is WARNING and not any(miss.alike for miss in near):
        severity = INFO  # the pods may well be written elsewhere
    for miss in near:
        at = node["matchLabels"][miss.key].entry if miss.key in selector.equal else node
        if miss.instead:
            help_ = f"select `{miss.instead}: {miss.pods.labels[miss.instead]}`"
    yield Problem(
        at,
        f"no pods in the files given carry `{selector}`, so {manifest.title} scrapes nothing",
        related=tuple((miss.at, miss.sentence) for miss in near),
        help=help_,
        severity=severity,
    )
