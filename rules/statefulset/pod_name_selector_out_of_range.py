from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, World, rule

_LABEL = "statefulset.kubernetes.io/pod-name"
_SCALERS = ("HorizontalPodAutoscaler", "ScaledObject.keda.sh")


@rule(WARNING, "Service", fields=("statefulset.kubernetes.io/pod-name",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service selects a pod of a StatefulSet by an ordinal that the StatefulSet does not have.

    The pods are numbered from `ordinals.start` (0 if it is not set), as many as there are replicas.
    A Service for any other number has no endpoints.

    Correct the ordinal or the number of replicas. Where an autoscaler or something else sets the
    replicas this is only worth knowing.
    (Source: pkg/controller/statefulset: getPodName, getStartOrdinal.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db-3
    spec:
      selector:
        statefulset.kubernetes.io/pod-name: db-3  # warning: StatefulSet `db` has no pod `db-3`
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      replicas: 3
      serviceName: ""
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: mongo:8
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db-2
    spec:
      selector:
        statefulset.kubernetes.io/pod-name: db-2
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      replicas: 3
      serviceName: ""
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: mongo:8
    ```
    """
    label = manifest.spec["selector"][_LABEL]
    name, _, ordinal = label.string.rpartition("-")
    sets = world.named("StatefulSet", name, manifest) if name and ordinal.isdecimal() else []
    pods = [pods for each in sets for pods in world.pods_of(each)]
    if not pods or any(int(ordinal) in each.ordinals for each in pods):
        return
    owner, ordinals = pods[0].owner, pods[0].ordinals
    replicas = owner.spec["replicas"]
    scaled = any(
        scaler.spec["scaleTargetRef"]["name"].string == name
        for kind in _SCALERS
        for scaler in world.all(kind)
    )
    there = f"`{name}-{ordinals.start}` to `{name}-{ordinals.stop - 1}`" if ordinals else "none"
    yield Problem(
        label,
        f"{owner.title} has no pod `{label.string}`, so {manifest.title} has no endpoints",
        related=((replicas, f"the pods are {there}"),),
        help="correct the ordinal, or the number of replicas",
        severity=INFO if scaled or not ordinals or not replicas else WARNING,
    )
