from collections.abc import Iterator

from hslint import WARNING, WORKLOADS, Manifest, Node, Pods, Problem, World, label_selector, rule


@rule(WARNING, WORKLOADS, fields=("topologySpreadConstraints", "podAffinity", "podAntiAffinity"))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods are to be spread among pods that they do not belong to themselves.

    A topology spread constraint counts the pods that its `labelSelector` matches. Pods that do not
    match their own are counted nowhere: all of them may go to one node. A constraint, or a term of
    an affinity, without `labelSelector` matches no pod.

    Select labels of the pod template.
    (Source: pkg/scheduler/framework/plugins/podtopologyspread: filtering.go.)

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: kubernetes.io/hostname
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:  # warning: the pods of Deployment `web` do not match
                matchLabels:
                  app: webserver
          containers:
            - name: web
              image: nginx:1.29
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: kubernetes.io/hostname
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:
                matchLabels:
                  app: web
          containers:
            - name: web
              image: nginx:1.29
    ```
    """
    for pods in world.pods_of(manifest):
        for constraint in pods.spec["topologySpreadConstraints"]:
            yield from _check(constraint, pods, "the constraint does not spread them")
        for term in _terms(pods):
            if not term["labelSelector"]:
                yield from _check(term, pods, "it has no effect")


def _check(holder: Node, pods: Pods, result: str) -> Iterator[Problem]:
    node = holder["labelSelector"]
    title = pods.owner.title
    if not node:
        if pods.labels and holder["topologyKey"]:
            key, value = next(iter(pods.labels.items()))
            yield Problem(
                node if node.written else holder["topologyKey"].key,
                f"`labelSelector` is missing, so it matches no pods and {result}",
                help=f"write `labelSelector` with `matchLabels: {{{key}: {value}}}`",
            )
        return
    selector = label_selector(node)
    if not pods.labels or selector.matches(pods) or selector.matches(pods.written_labels):
        return
    yield Problem(
        node,
        f"the pods of {title} do not match `{selector}`, so {result}",
        related=((pods.labels_node, "the pods have these labels"),),
        help="select labels of the pod template",
    )


def _terms(pods: Pods) -> Iterator[Node]:
    """The terms of affinity and anti-affinity between pods."""
    affinity = pods.spec["affinity"]
    for kind in ("podAffinity", "podAntiAffinity"):
        yield from affinity[kind]["requiredDuringSchedulingIgnoredDuringExecution"]
        for weighted in affinity[kind]["preferredDuringSchedulingIgnoredDuringExecution"]:
            yield weighted["podAffinityTerm"]
