from collections.abc import Iterator

from hslint import ERROR, SAFE, Fix, Manifest, Problem, rule, scale_target

#: The groups of the kinds that Kubernetes itself can scale.
_GROUPS = {
    "Deployment": "apps",
    "StatefulSet": "apps",
    "ReplicaSet": "apps",
    "ReplicationController": "",
}


@rule(ERROR, "HorizontalPodAutoscaler", "VerticalPodAutoscaler", fixes=(SAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An autoscaler names its target with an `apiVersion` that has no such kind.

    Nothing is scaled: `no matches for kind "Deployment" in group ""`. An `apiVersion` that is left
    out means the core group, which has no Deployments. Since 1.34 the API server rejects a
    HorizontalPodAutoscaler whose target has no group, unless it is a ReplicationController.

    Write the `apiVersion` of the target. (Sources: pkg/controller/podautoscaler:
    reconcileAutoscaler; pkg/apis/autoscaling/validation: ValidateAPIVersion.)

    ```yaml bad
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:  # error: has no `apiVersion`
        kind: Deployment
        name: web
      maxReplicas: 3
    ```

    ```yaml bad
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: v1  # error: there is no Deployment in `v1`
        kind: Deployment
        name: web
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
    target = scale_target(manifest)
    version = target.node["apiVersion"]
    group = _GROUPS.get(target.kind)
    if group is None or version.string.rpartition("/")[0] == group:
        return
    if version.string:
        wrong = f"there is no {target.kind} in `{version.string}`"
    else:
        wrong = (
            f"this reference to {target.kind} `{target.node['name'].string}` has no `apiVersion`"
        )
    meant = f"{group}/v1" if group else "v1"
    rejected = "/" not in version.string and manifest.minor >= 34 and group
    if rejected and manifest.type == "HorizontalPodAutoscaler":
        result = f"the API server rejects {manifest.title}"
    else:
        result = f"{manifest.title} scales nothing"
    yield Problem(
        version,
        f"{wrong}, so {result}",
        help=f"write `apiVersion: {meant}`",
        # What else is called so belongs to some custom resource.
        fix=None if "." in version.string else Fix.put(target.node, "apiVersion", meant, safe=True),
    )
