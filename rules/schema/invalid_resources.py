from collections.abc import Iterator

from hslint import (
    ERROR,
    ONE,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    amount_of,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

_STANDARD = ("cpu", "memory", "ephemeral-storage")


@rule(ERROR, WORKLOADS, fields=("resources", "overhead"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A container asks for more than its limit, for less than nothing, or for no resource.

    The API server rejects it: a request is at most the limit, and a resource is `cpu`, `memory`,
    `ephemeral-storage`, `hugepages-...` or has a domain before it. Of the last two a container is
    given whole ones, and just what it asks for: the request is the limit. `100M` and `100Mi` are
    not the same.

    Raise the limit, or lower the request.
    (Source: pkg/apis/core/validation: ValidateResourceRequirements, validateContainerResourceName.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          resources:
            requests:
              memory: 2Gi  # error: `memory` of 2Gi is more than the limit of 2G
              storage: 1Gi  # error: `storage` is no resource of a container
            limits:
              memory: 2G
              cpu: -1  # error: `cpu` is negative
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          resources:
            requests:
              cpu: 500m
              memory: 1024Mi
            limits:
              cpu: 0.5
              memory: 1Gi
              example.com/gpu: 1
    ```
    """
    for pods in pods_of(manifest):
        if "overhead" in pods.spec.mapping:
            for name, amount in pods.spec["overhead"].items():
                for node, what, help_ in _name(name, amount):
                    yield Problem(node, f"{what}, {pods.rejection}", help=help_)
        for plain, field, number in pods.plain_containers:
            written = plain.get("resources")
            if isinstance(written, dict) and field != "ephemeralContainers" and not _fits(written):
                for node, what, help_ in _wrong(pods.spec[field][number]["resources"]):
                    if not has_placeholder(node.string):
                        yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _fits(resources: dict[str, object]) -> bool:
    """A first look at plain values: most ask for usual things, and for no more than the limit."""
    requests, limits = resources.get("requests", {}), resources.get("limits", {})
    if not isinstance(requests, dict) or not isinstance(limits, dict):
        return False
    for name, amount in requests.items():
        asked = amount_of(amount) or 0
        if name not in _STANDARD or asked < 0:
            return False
        if name in limits and asked > (amount_of(limits[name]) or 0):
            return False
    return all(name in _STANDARD and (amount_of(most) or 0) >= 0 for name, most in limits.items())


def _wrong(resources: Node) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    requests, limits = resources["requests"], resources["limits"]
    for node in (requests, limits):
        for name, amount in node.items():
            yield from _name(name, amount)
            if name.startswith("hugepages-") and not {*requests.mapping, *limits.mapping} & {
                *("cpu", "memory")
            }:
                yield amount, f"`{name}` needs `cpu` or `memory` beside it", "write one of them"
    for name, amount in requests.items():
        asked = amount_of(amount.value)
        most = amount_of(limits[name].value) if limits[name].value is not None else 0
        shared = "/" not in name or "kubernetes.io/" in name
        shared = shared and not name.startswith("hugepages-")
        if name not in limits.mapping:
            if not shared:
                what = f"`{name}` is not in `limits`, where it needs the same"
                yield amount, what, "write it in `limits` as well"
        elif most is not None and asked is not None and asked > most:
            what = f"`{name}` of {amount.value} is more than the limit of {limits[name].value}"
            yield amount, what, "raise the limit, or ask for less"
        elif most is not None and asked is not None and asked < most and not shared:
            what = f"`{name}` of {amount.value} is not the limit of {limits[name].value}"
            yield amount, what, "write the same in both"


def _name(name: str, amount: Node) -> Iterator[tuple[Node, str, str]]:
    """What is wrong with one resource by itself."""
    value = amount_of(amount.value) or 0
    page = amount_of(name.removeprefix("hugepages-"))
    if "/" not in name and name not in _STANDARD and not name.startswith("hugepages-"):
        yield amount, f"`{name}` is no resource of a container", "write `cpu` or `memory`"
    elif (reason := formats.label_key(name)) or name.startswith("requests."):
        why = reason or "it begins with `requests.`"
        yield amount.key, f"`{name}` is no resource of a container: {why}", "rename it"
    elif value < 0:
        yield amount, f"`{name}` is negative", "write how much"
    elif name.startswith("hugepages-") and (not page or value % page):
        yield amount, f"{amount.value} is no whole number of pages of `{name}`", "write a multiple"
    elif "/" in name and "kubernetes.io/" not in name and value % ONE:
        yield amount, f"`{name}` takes whole numbers, not {amount.value}", "write a whole number"
