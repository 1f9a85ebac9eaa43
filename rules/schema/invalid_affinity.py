from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"


@rule(ERROR, WORKLOADS, fields=("podAffinity", "podAntiAffinity"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An affinity between pods has a `topologyKey` that is no label, or a weight out of range.

    The API server rejects it: `topologyKey` is the key of a label of nodes, and a weight is a
    number from 1 to 100.

    Write a label that the nodes carry, such as `kubernetes.io/hostname`.
    (Source: pkg/apis/core/validation: validatePodAffinityTerm, validateWeightedPodAffinityTerms.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - labelSelector: {matchLabels: {app: web}}
              topologyKey: host name  # error: `host name` cannot be the key of a label
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - labelSelector: {matchLabels: {app: web}}
              topologyKey: kubernetes.io/hostname
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        for kind in ("podAffinity", "podAntiAffinity"):
            for node, what, help_ in _wrong(pods.spec["affinity"][kind]):
                if not has_placeholder(node.string):
                    rejected = manifest.rejection(("spec", "template", "spec"))
                    yield Problem(node, f"{what}, {rejected}", help=help_)


def _wrong(affinity: Node) -> Iterator[tuple[Node, str, str]]:
    terms = list(affinity[_REQUIRED])
    for weighted in affinity[_PREFERRED]:
        terms.append(weighted["podAffinityTerm"])
        weight = weighted["weight"]
        if weight.integer is not None and not 1 <= weight.integer <= 100:
            yield (
                weight,
                f"`weight` takes a number from 1 to 100, not {weight.integer}",
                "write one",
            )
    for term in terms:
        key = term["topologyKey"]
        if isinstance(key.value, str) and (reason := formats.label_key(key.string)):
            what = f"`{key.string}` cannot be the key of a label: {reason}"
            yield key, what, "write a label of nodes, such as `kubernetes.io/hostname`"
