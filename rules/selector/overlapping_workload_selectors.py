from collections.abc import Iterator

from hslint import (
    WARNING,
    Manifest,
    Pods,
    Problem,
    Selector,
    World,
    label_selector,
    map_selector,
    rule,
)

_KINDS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")


@rule(WARNING, *_KINDS)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Two workloads select each other's pods.

    What finds pods by the selector takes both for one: an autoscaler sees the load of both, and
    `kubectl logs` shows either. A pod that lost its owner is adopted by either.
    The selector of a workload cannot be changed later.

    Give each workload a label of its own, such as `app.kubernetes.io/component`, and select it.

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
    spec:
      selector:
        matchLabels:
          app: shop
      template:
        metadata:
          labels:
            app: shop
        spec:
          containers:
            - name: api
              image: example.com/api:1
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: worker
    spec:
      selector:  # warning: Deployment `worker` and Deployment `api` select each other's pods
        matchLabels:
          app: shop
      template:
        metadata:
          labels:
            app: shop
        spec:
          containers:
            - name: worker
              image: example.com/worker:1
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
    spec:
      selector:
        matchLabels:
          app: shop
      template:
        metadata:
          labels:
            app: shop
        spec:
          containers:
            - name: api
              image: example.com/api:1
    ```
    """
    # Only within one file: elsewhere the other may be an alternative. The later one is told.
    own = world.pods_of(manifest)
    if not own or len(world.pods_in(manifest.file)) < 2:
        return
    selector = _selector(manifest)
    if not selector:
        return
    for pods in world.select(selector, manifest).within(manifest.file):
        other = pods.owner
        if other is manifest:
            return
        if other.name != manifest.name and other.type in _KINDS and _selects(other, own[0]):
            yield Problem(
                manifest.spec["selector"],
                f"{manifest.title} and {other.title} select each other's pods, so autoscalers and"
                " `kubectl logs` mix the two up, and a pod that lost its owner goes to either",
                related=((other.spec["selector"], f"{other.title} selects these pods too"),),
                help="give each a label of its own, and select it",
            )
            return


def _selector(workload: Manifest) -> Selector:
    node = workload.spec["selector"]
    plain = workload.type == "ReplicationController"
    return map_selector(node) if plain else label_selector(node)


def _selects(workload: Manifest, pods: Pods) -> bool:
    selector = _selector(workload)
    return bool(selector) and selector.matches(pods)
