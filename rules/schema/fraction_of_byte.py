from collections.abc import Iterator

from hslint import (
    ONE,
    WARNING,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    amount_of,
    claim_templates,
    pods_of,
    rule,
)

_BOUNDS = ("requests", "limits")
_IN_BYTES = ("memory", "ephemeral-storage")


@rule(WARNING, WORKLOADS, "PersistentVolumeClaim", fields=("resources", "overhead"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An amount of memory or storage is a fraction of a byte: `100m` is a tenth of one.

    The API server accepts it with a warning, and rounds it up to whole bytes: a container with a
    limit of `512m` is killed as soon as it starts.

    Write `Mi` for mebibytes.
    (Source: pkg/api/pod: GetWarningsForPod; pkg/api/persistentvolumeclaim.)

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
            limits:
              memory: 512m  # warning: `memory` of 512m is a fraction of a byte
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
            limits:
              cpu: 512m
              memory: 512Mi
    ```
    """
    for pods in pods_of(manifest):
        for bound, name in _fractions(pods.spec.mapping, ("overhead",), _IN_BYTES):
            yield _problem(pods.spec[bound][name])
        for container, field, number in pods.plain_containers:
            for bound, name in _fractions(container.get("resources"), _BOUNDS, _IN_BYTES):
                yield _problem(pods.spec[field][number]["resources"][bound][name])
    for claim in _claims(manifest):
        for bound, name in _fractions(claim.mapping.get("resources"), _BOUNDS, ("storage",)):
            yield _problem(claim["resources"][bound][name])


def _problem(amount: Node) -> Problem:
    return Problem(
        amount,
        f"`{amount.path[-1]}` of {amount.value} is a fraction of a byte",
        help="write `Mi` for mebibytes",
    )


def _fractions(
    holder: object, bounds: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """The amounts in bytes that are fractions: the field that holds them, and their own."""
    if not isinstance(holder, dict):
        return
    for bound in bounds:
        amounts = holder.get(bound)
        if isinstance(amounts, dict):
            for name in names:
                if name in amounts and (amount_of(amounts[name]) or 0) % ONE:
                    yield bound, name


def _claims(manifest: Manifest) -> Iterator[Node]:
    if manifest.type == "PersistentVolumeClaim":
        yield manifest.spec
    for claim in claim_templates(manifest):
        yield claim["spec"]
    for pods in pods_of(manifest):
        for claim in pods.claims:
            yield claim["spec"]
