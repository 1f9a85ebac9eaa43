from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, World, label_selector, near_misses, rule


@rule(INFO, "NetworkPolicy")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A NetworkPolicy selects no pods of the files given.

    It limits nothing then: the pods that it is for stay open to everyone. The pods may well be made
    by something else.

    Select the labels of `spec.template.metadata.labels` of the workload.

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: www  # info: no pods in the files given carry `app=www`
      ingress: []
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
    ```

    ```yaml good
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      ingress: []
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
    ```
    """
    node = manifest.spec["podSelector"]
    selector = label_selector(node)
    if not selector or world.select(selector, manifest):
        return
    single = len(selector.equal) == 1 and not selector.expressions
    at = node["matchLabels"][next(iter(selector.equal))].entry if single else node
    near = near_misses(selector, world.pods_beside(manifest), manifest.name)[:1]
    yield Problem(
        at,
        f"no pods in the files given carry `{selector}`, so {manifest.title} limits nothing",
        related=tuple((miss.at, miss.sentence) for miss in near),
        help="select labels that the pods carry",
    )
