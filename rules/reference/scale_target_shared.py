from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, World, are_beside, rule, scale_target

#: Both set the number of replicas; KEDA does it through an autoscaler of its own.
_KINDS = ("HorizontalPodAutoscaler", "ScaledObject.keda.sh")


@rule(WARNING, *_KINDS)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Two autoscalers scale the same workload.

    The controller stops scaling it (`AmbiguousSelector`), or the two undo each other's work.

    Keep one, with the metrics of both: it takes the largest number any of them asks for.
    (Source: pkg/controller/podautoscaler: computeReplicasForMetrics.)

    ```yaml bad
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web-cpu
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
      maxReplicas: 3
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web-memory
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web  # warning: HorizontalPodAutoscaler `web-cpu` scales Deployment `web` too
      maxReplicas: 3
    ```

    ```yaml good
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
      maxReplicas: 3
    ```
    """
    # The later one is told. In another file, or with the same name, it may be an alternative.
    target = scale_target(manifest)
    for other in world.scalers_of(target.type, target.name, manifest):
        if other is manifest:
            return
        if other.name == manifest.name or not are_beside(other, manifest):
            continue
        place = scale_target(other).node["name"]
        yield Problem(
            target.node["name"],
            f"{other.title} scales {target.kind} `{target.name}` too, so they undo each other's"
            " work",
            related=((place, f"{other.title} scales it here"),),
            help="keep one of them, with the metrics of both",
            severity=None if other.file == manifest.file else INFO,
        )
        return
