from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Node, Pods, Problem, World, host_names, rule

_NAME = "statefulset.kubernetes.io/pod-name"
_INDEX = "apps.kubernetes.io/pod-index"
_SCALERS = ("HorizontalPodAutoscaler", "ScaledObject.keda.sh")


@rule(WARNING, "Service", fields=(_NAME, _INDEX))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service selects a pod of a StatefulSet by an ordinal that the StatefulSet does not have.

    The pods are numbered from `ordinals.start` (0 if it is not set), as many as there are replicas.
    A Service for any other number has no endpoints.

    Correct the ordinal or the number of replicas. Where an autoscaler or something else sets the
    replicas this is only worth knowing.
    (Source: pkg/controller/statefulset: getPodName, getStartOrdinal, updateIdentity.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db-last
    spec:
      selector:
        app: db
        apps.kubernetes.io/pod-index: "2"  # warning: StatefulSet `db` has no pod `db-2`
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      replicas: 2
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
    selector = manifest.spec["selector"]
    name, _, ordinal = selector[_NAME].string.rpartition("-")
    if name and ordinal.isdecimal():
        sets = world.named("StatefulSet", name, manifest)
        pods = [pods for each in sets for pods in world.pods_of(each)]
        yield from _missing(selector[_NAME], ordinal, pods, manifest, world)
    if selector[_INDEX].string.isdecimal():
        pods = list(world.selected_by(manifest))
        if all(each.owner.type == "StatefulSet" for each in pods):
            yield from _missing(selector[_INDEX], selector[_INDEX].string, pods, manifest, world)


def _missing(
    label: Node, ordinal: str, among: list[Pods], service: Manifest, world: World
) -> Iterator[Problem]:
    """The problem that none of the pods has this ordinal."""
    wanted = [(f"{pods.owner.name}-{ordinal}", host_names(pods) or ()) for pods in among]
    if not among or any(host in each for host, names in wanted for each in names):
        return
    owner, ordinals = among[0].owner, among[0].ordinals
    replicas = owner.spec["replicas"]
    scaled = any(
        scaler.spec["scaleTargetRef"]["name"].string == owner.name
        for kind in _SCALERS
        for scaler in world.all(kind)
    )
    first, last = f"{owner.name}-{ordinals.start}", f"{owner.name}-{ordinals.stop - 1}"
    there = f"`{first}` to `{last}`" if ordinals else "none"
    yield Problem(
        label,
        f"{owner.title} has no pod `{wanted[0][0]}`, so {service.title} has no endpoints",
        related=((replicas, f"the pods are {there}"),),
        help="correct the ordinal, or the number of replicas",
        severity=INFO if scaled or not ordinals or not replicas else WARNING,
    )
