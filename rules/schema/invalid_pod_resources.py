from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, amount_of, pods_of, rule

_BOUNDS = ("requests", "limits")


@rule(ERROR, WORKLOADS, fields=("resources",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The resources of a pod as a whole do not hold what its containers ask for.

    The API server rejects it: the pod's request is at least that of its containers together, its
    limit at least that of each of them, and it is about `cpu`, `memory` and `hugepages-...` alone.

    Raise it, or ask for less in the containers.
    (Source: pkg/apis/core/validation: validatePodResources; since 1.34, before the field is
    dropped.)

    ```yaml bad 1.34
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      resources:
        requests:
          cpu: 1  # error: `cpu` of 1 is less than the containers ask for
          storage: 1Gi  # error: `storage` is no resource of a whole pod
      containers:
        - name: web
          image: nginx:1.29
          resources: {requests: {cpu: 800m}}
        - name: log
          image: fluent-bit:4
          resources: {requests: {cpu: 300m}}
    ```

    ```yaml good 1.34
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      resources:
        requests:
          cpu: 1
      containers:
        - name: web
          image: nginx:1.29
          resources: {requests: {cpu: 800m}}
        - name: log
          image: fluent-bit:4
    ```
    """
    if manifest.minor < 34:
        return
    for pods in pods_of(manifest):
        if isinstance(pods.spec.mapping.get("resources"), dict):
            for node, what, help_ in _wrong(pods):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(pods: Pods) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    whole = pods.spec["resources"]
    if whole["claims"]:
        yield whole["claims"], "a whole pod makes no claims", "write them in a container"
    for bound in _BOUNDS:
        for name, amount in whole[bound].items():
            most = amount_of(whole["limits"][name].value)
            asked = amount_of(amount.value)
            if name not in ("cpu", "memory") and not name.startswith("hugepages-"):
                yield amount, f"`{name}` is no resource of a whole pod", "write it in a container"
            elif asked is not None and asked < 0:
                yield amount, f"`{name}` is negative", "write how much"
            elif bound == "requests" and most is not None and asked is not None and asked > most:
                what = f"`{name}` of {amount.value} is more than the limit of"
                yield amount, f"{what} {whole['limits'][name].value}", "ask for less"
            elif bound == "requests" and asked is not None and asked < _together(pods, name):
                what = f"`{name}` of {amount.value} is less than the containers ask for"
                yield amount, what, "raise it"
    yield from _above(pods, whole["limits"])


def _above(pods: Pods, limits: Node) -> Iterator[tuple[Node, str, str]]:
    """The limits of containers that are more than that of the pod."""
    for container in pods.containers:
        for name, limit in container["resources"]["limits"].items():
            most, own = amount_of(limits[name].value), amount_of(limit.value)
            if most is not None and own is not None and own > most:
                what = f"`{name}` of {limit.value} is more than the pod's limit of"
                yield limit, f"{what} {limits[name].value}", "lower it"


def _together(pods: Pods, name: str) -> int:
    """How much of a resource the containers ask for at the same time.

    Sidecars run beside all that comes later (k8s.io/component-helpers: AggregateContainerRequests).
    """
    total = sum(_asked(pods, container, name) for container in pods.containers)
    beside = first = 0
    for container in pods.spec["initContainers"]:
        asked = _asked(pods, container, name)
        sidecar = container["restartPolicy"].string == "Always"
        beside += asked if sidecar else 0
        first = max(first, beside + (0 if sidecar else asked))
    return max(total + beside, first)


def _asked(pods: Pods, container: Node, name: str) -> int:
    """What a container asks for; in a Pod itself, a limit alone is asked for."""
    resources = container["resources"]
    request = amount_of(resources["requests"][name].value)
    if request is None and pods.owner.type == "Pod":
        request = amount_of(resources["limits"][name].value)
    return request or 0
