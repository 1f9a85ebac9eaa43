from collections.abc import Iterator

from hslint import ONE, WARNING, WORKLOADS, Manifest, Node, Problem, amount_of, pods_of, rule

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
    for node in _bytes(manifest):
        if (amount_of(node.value) or 0) % ONE:
            yield Problem(
                node,
                f"`{node.path[-1]}` of {node.value} is a fraction of a byte",
                help="write `Mi` for mebibytes",
            )


def _bytes(manifest: Manifest) -> Iterator[Node]:
    """All that is counted in bytes."""
    for pods in pods_of(manifest):
        amounts = [pods.spec["overhead"]] if "overhead" in pods.spec.mapping else []
        for plain, field, number in pods.plain_containers:
            if "resources" in plain:
                resources = pods.spec[field][number]["resources"]
                amounts += [resources["requests"], resources["limits"]]
        for amount in amounts:
            for name in _IN_BYTES:
                if name in amount.mapping:
                    yield amount[name]
    for spec in _claims(manifest):
        for bound in ("requests", "limits"):
            yield spec["resources"][bound]["storage"]


def _claims(manifest: Manifest) -> Iterator[Node]:
    if manifest.type == "PersistentVolumeClaim":
        yield manifest.spec
    elif "volumeClaimTemplates" in manifest.spec.mapping:
        for claim in manifest.spec["volumeClaimTemplates"]:
            yield claim["spec"]
    for pods in pods_of(manifest):
        for volume in pods.volumes:
            if "ephemeral" in volume.mapping:
                yield volume["ephemeral"]["volumeClaimTemplate"]["spec"]
