from collections.abc import Iterator

from hslint import (
    UNSAFE,
    WARNING,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    World,
    label_selector,
    near_misses,
    rule,
)


@rule(WARNING, WORKLOADS, fields=("podAntiAffinity",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """An anti-affinity selects labels that no pods carry, and the pods themselves just miss.

    It is there to keep pods apart, but applies to none: all of them may go to one node. The labels
    are those of pods: of `spec.template.metadata.labels`.

    Select labels of the pod template.

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web-server
      template:
        metadata:
          labels:
            app: web-server
        spec:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector:  # warning: no pods in the files given carry `app=web-serve`
                    matchLabels:
                      app: web-serve
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
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector:
                    matchLabels:
                      app: web
          containers:
            - name: web
              image: nginx:1.29
    ```
    """
    # To keep away from the pods of something else is as usual: only a near miss is a mistake.
    for pods in world.pods_of(manifest):
        for term in _terms(pods):
            node = term["labelSelector"]
            selector = label_selector(node)
            if not selector or term["namespaces"] or term["namespaceSelector"]:
                continue
            if selector.matches(pods.written_labels) or world.select(selector, manifest):
                continue
            for miss in near_misses(selector, [pods], ""):
                if miss.alike and miss.instead:
                    yield Problem(
                        node,
                        f"no pods in the files given carry `{selector}`, so the anti-affinity of"
                        f" {manifest.title} keeps nothing apart",
                        related=((miss.at, miss.sentence),),
                        help=f"select `{miss.instead}: {pods.labels[miss.instead]}`",
                        fix=miss.fix(node["matchLabels"]),
                    )


def _terms(pods: Pods) -> Iterator[Node]:
    """The terms of anti-affinity between pods."""
    affinity = pods.spec["affinity"]["podAntiAffinity"]
    yield from affinity["requiredDuringSchedulingIgnoredDuringExecution"]
    for weighted in affinity["preferredDuringSchedulingIgnoredDuringExecution"]:
        yield weighted["podAffinityTerm"]
