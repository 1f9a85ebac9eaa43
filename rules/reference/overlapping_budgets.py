from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, World, rule


@rule(WARNING, "PodDisruptionBudget")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Two PodDisruptionBudgets select the same pods.

    Such pods cannot be evicted at all: draining their node hangs, with `This pod has more than one
    PodDisruptionBudget, which the eviction subresource does not support`.

    Give each pod one budget: narrow the selectors, or remove one.
    (Source: pkg/registry/core/pod/storage: EvictionREST.Create.)

    ```yaml bad
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels:
          app: web
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: everything
    spec:
      maxUnavailable: 1
      selector: {}  # warning: PodDisruptionBudget `web` selects the pods of Pod `web` too
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
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels:
          app: web
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
    # The later one is told. In another file it may be an alternative, with its name surely.
    for pods in world.protected_by(manifest):
        for other in world.budgets_of(pods):
            if other is manifest:
                break
            if other.name == manifest.name or pods.owner.type in ("Job", "CronJob"):
                continue
            yield Problem(
                manifest.spec["selector"],
                f"{other.title} selects the pods of {pods.owner.title} too, so they cannot be"
                " evicted",
                related=(
                    (other.spec["selector"], "this budget selects them"),
                    (pods.labels_node, "the pods have these labels"),
                ),
                help="narrow one of the selectors, or remove one of the budgets",
                severity=None if other.file == manifest.file else INFO,
            )
            return
