from collections.abc import Iterator

from hslint import ERROR, ONE, WORKLOADS, Manifest, Node, Pods, Problem, amount_of, pods_of, rule

_RESOURCES = tuple(
    f"{bound}.{name}"
    for bound in ("limits", "requests")
    for name in ("cpu", "memory", "ephemeral-storage")
)
_HUGE = ("limits.hugepages-", "requests.hugepages-")
#: What an amount may be divided by, in billionths.
_OF_CPU = (ONE // 1000, ONE)
_OF_BYTES = tuple(ONE * base**power for base in (1000, 1024) for power in range(7))


@rule(ERROR, WORKLOADS, fields=("resourceFieldRef",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A variable or a file takes what is no resource of a container, or divides it by no unit.

    The API server rejects it: `resourceFieldRef` takes `limits.` or `requests.` and one of `cpu`,
    `memory`, `ephemeral-storage` and `hugepages-...`. CPUs are counted in `1` or `1m`, bytes in
    `1`, `1k`, `1Ki` and so on. A file in a volume says whose resource it is, by `containerName`.

    Write one of these.
    (Source: pkg/apis/core/validation: validateContainerResourceFieldSelector.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          env:
            - name: MEMORY
              valueFrom:
                resourceFieldRef:
                  resource: limits.ram  # error: `limits.ram` is no resource to take
            - name: CPU
              valueFrom:
                resourceFieldRef:
                  resource: limits.cpu
                  divisor: 10m  # error: `limits.cpu` cannot be divided by 10m
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
          env:
            - name: MEMORY
              valueFrom:
                resourceFieldRef:
                  resource: limits.memory
                  divisor: 1Mi
    ```
    """
    for pods in pods_of(manifest):
        for reference, file in _references(pods):
            for node, what, help_ in _wrong(reference, file=file):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _references(pods: Pods) -> Iterator[tuple[Node, bool]]:
    """Each reference to a resource, and whether a file takes it."""
    for plain, field, number in pods.plain_containers:
        for variable in pods.spec[field][number]["env"] if "env" in plain else ():
            yield variable["valueFrom"]["resourceFieldRef"], False
    for volume in pods.volumes:
        sources = [volume, *volume["projected"]["sources"]]
        for item in (item for source in sources for item in source["downwardAPI"]["items"]):
            if not item["fieldRef"]:
                yield item["resourceFieldRef"], True


def _wrong(reference: Node, *, file: bool) -> Iterator[tuple[Node, str, str]]:
    if not isinstance(reference.value, dict):
        return
    name, divisor = reference["resource"], reference["divisor"]
    huge = name.string.startswith(_HUGE)
    if file and not reference["containerName"].value:
        yield reference, "a file takes the resource of a container", "write `containerName`"
    elif isinstance(name.value, str) and name.string not in _RESOURCES and not huge:
        what = f"`{name.string}` is no resource to take"
        yield name, what, f"write one of {', '.join(_RESOURCES)}"
    units = _OF_CPU if name.string.endswith(".cpu") else _OF_BYTES
    amount = amount_of(divisor.value)
    if amount and amount not in units and (huge or name.string in _RESOURCES):
        what = f"`{name.string}` cannot be divided by {divisor.value}"
        yield divisor, what, "write `1`, or leave it out"
