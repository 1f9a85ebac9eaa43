from collections.abc import Iterator

from hslint import (
    INFO,
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    Problem,
    World,
    are_beside,
    closest,
    rule,
    scale_target,
)


@rule(
    WARNING,
    "HorizontalPodAutoscaler",
    "VerticalPodAutoscaler",
    "ScaledObject.keda.sh",
    fixes=(UNSAFE,),
)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """An autoscaler scales a workload that does not exist.

    Nothing rejects it: it shows in its status alone (`FailedGetScale`), and nothing is scaled. The
    target is looked for by its kind and name, in the namespace of the autoscaler.

    Correct the name or the kind. (Source: pkg/controller/podautoscaler: reconcileAutoscaler.)

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web-server  # warning: no Deployment `web-server` in the files given
      maxReplicas: 3
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ---
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
    if not target.name or world.named(target.type, target.name, manifest):
        return
    name = target.node["name"]
    related, help_, near = _near(manifest, target.type, name.string, world)
    severity = world.absence(manifest, target.type)
    if severity is WARNING and not (related or world.beside(target.type, manifest, name.string)):
        severity = INFO  # its workload is written elsewhere, if at all
    yield Problem(
        name,
        f"no {target.kind} `{name.string}` in the files given, so {manifest.title} scales nothing",
        related=related,
        help=help_,
        fix=Fix.write(name, near) if near else None,
        severity=severity,
    )


def _near(
    scaler: Manifest, type_: str, name: str, world: World
) -> tuple[tuple[tuple[Node, str], ...], str, str]:
    """The workload that was probably meant, and what to write."""
    for other in world.beside("pods", scaler):
        if other.name == name and other.type != type_:
            related = ((other["kind"], f"`{name}` is a {other.kind}"),)
            return related, f"write `kind: {other.kind}`, with its apiVersion", ""
    for other in world.elsewhere(type_, name, scaler)[:1]:
        if are_beside(other, scaler):
            node = other["metadata"]["namespace"]
            related = ((node, f"{other.title} is in namespace `{other.namespace}`"),)
            return related, f"write `namespace: {other.namespace}`", ""
    near = closest(name, [other.name for other in world.beside(type_, scaler, name)]) or ""
    for other in world.named(type_, near, scaler)[:1]:
        related = ((other["metadata"]["name"], f"did you mean this {other.kind}?"),)
        return related, f"write `name: {near}`", near
    return (), "correct the name or the kind", ""
