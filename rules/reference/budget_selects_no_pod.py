from collections.abc import Iterator

from hslint import (
    INFO,
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    Problem,
    Selector,
    World,
    label_selector,
    near_misses,
    rule,
)


@rule(WARNING, "PodDisruptionBudget", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A PodDisruptionBudget selects no pods, so it protects nothing.

    Nothing rejects it: draining a node evicts all pods at once. A budget without `selector` selects
    no pods, `selector: {}` all pods of its namespace.

    Select the labels of `spec.template.metadata.labels` of the workload.
    (Source: k8s.io/api/policy/v1: PodDisruptionBudgetSpec.Selector.)

    ```yaml bad
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels:
          app: webserver  # warning: no pods in the files given carry `app=webserver`
    ---
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
    ```

    ```yaml bad
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:  # warning: PodDisruptionBudget `web` has no `selector`
      maxUnavailable: 1
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
    if world.protected_by(manifest):
        return
    node = manifest.spec["selector"]
    if not node:
        if not any("selector" in fault.path for fault in manifest.faults):
            yield Problem(
                node,
                f"{manifest.title} has no `selector`, so it protects no pods",
                help="select the labels of the pods, or write `selector: {}` for all of them",
            )
        return
    selector = label_selector(node)
    if not selector:
        return
    at, related, help_, fix = _near_miss(manifest, selector, world)
    severity = world.absence(manifest, "pods")
    if severity is WARNING and not (related or world.pods_beside(manifest)):
        severity = INFO  # the pods are written elsewhere, if at all
    yield Problem(
        at,
        f"no pods in the files given carry `{selector}`, so {manifest.title} protects nothing",
        related=related,
        help=help_,
        fix=fix,
        severity=severity,
    )


def _near_miss(
    budget: Manifest, selector: Selector, world: World
) -> tuple[Node, tuple[tuple[Node, str], ...], str, Fix | None]:
    """Where in the selector, the pods that it just misses, and what to write."""
    node = budget.spec["selector"]
    first = next(iter(selector.equal), "")
    single = len(selector.equal) == 1 and not selector.expressions
    at = node["matchLabels"][first].entry if single else node
    for pods in world.select_elsewhere(selector, budget).nearest(budget).pods[:1]:
        sentence = f"the pods of {pods.owner.title} carry it, in namespace `{pods.owner.namespace}`"
        help_ = f"write `namespace: {pods.owner.namespace}`"
        return at, ((pods.labels_node, sentence),), help_, None
    for miss in near_misses(selector, world.pods_beside(budget), budget.name)[:1]:
        if miss.key in selector.equal:
            at = node["matchLabels"][miss.key].entry
        help_ = f"select `{miss.instead}: {miss.pods.labels[miss.instead]}`" if miss.instead else ""
        help_ = help_ or "select labels that the pods carry"
        return at, ((miss.at, miss.sentence),), help_, miss.fix(node["matchLabels"])
    return at, (), "select labels that the pods carry", None
