from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
#: What is wrong with a term: where, why, and what to write.
Wrong = Iterator[tuple[Node, str, str]]


@rule(ERROR, WORKLOADS, fields=("podAffinity", "podAntiAffinity", "matchLabelKeys"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An affinity between pods has a `topologyKey` that is no label, or selects by a key twice.

    The API server rejects it: `topologyKey` is the key of a label of nodes, and the keys whose
    values are the pod's own (`matchLabelKeys`) go into a `labelSelector` that has none of them.

    Write a label that the nodes carry, such as `kubernetes.io/hostname`.
    (Source: pkg/apis/core/validation: validatePodAffinityTerm,
    ValidateMatchLabelKeysAndMismatchLabelKeys.)

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
        for node, what, help_ in _wrong(pods):
            if not has_placeholder(node.string):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(pods: Pods) -> Wrong:
    affinity = pods.spec["affinity"]
    for kind in ("podAffinity", "podAntiAffinity"):
        weighted_terms = [each["podAffinityTerm"] for each in affinity[kind][_PREFERRED]]
        for term in (*affinity[kind][_REQUIRED], *weighted_terms):
            yield from _pod_term(term)
            yield from _keys(term, pods)
    for constraint in pods.spec["topologySpreadConstraints"]:
        yield from _keys(constraint, pods)


def _pod_term(term: Node) -> Wrong:
    key = term["topologyKey"]
    if isinstance(key.value, str) and (reason := formats.label_key(key.string)):
        what = f"`{key.string}` cannot be the key of a label: {reason}"
        yield key, what, "write a label of nodes, such as `kubernetes.io/hostname`"


def _keys(term: Node, pods: Pods) -> Wrong:
    """The keys whose values are taken from the pod itself, which goes into the selector."""
    selector = term["labelSelector"]
    expressed = [expression["key"].string for expression in selector["matchExpressions"]]
    for field in ("matchLabelKeys", "mismatchLabelKeys"):
        if term[field].value and not selector:
            yield term[field].key, f"`{field}` needs a `labelSelector`", "write `labelSelector`"
    for key in term["matchLabelKeys"]:
        if any(key.string == other.string for other in term["mismatchLabelKeys"]):
            yield key, f"`{key.string}` is in `mismatchLabelKeys` as well", "leave one of them out"
        named = expressed.count(key.string) + (key.string in selector["matchLabels"].mapping)
        own = pods.owner.type == "Pod" and key.string in pods.labels
        if key.string and named + own > 1:
            yield key, f"`{key.string}` is in `labelSelector` as well", "leave one of them out"
