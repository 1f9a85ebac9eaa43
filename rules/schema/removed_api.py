from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Node, Problem, Schemas, rule


@rule(ERROR, fixes=(UNSAFE,))
def check(manifest: Manifest, unserved: Schemas) -> Iterator[Problem]:
    """Kubernetes no longer serves this `apiVersion` of the kind.

    The API server does not know it any more, and kubectl stops with `no matches for kind`.

    Write the `apiVersion` that took its place, and change the fields that changed with it: the
    finding shows those that the new version rejects.

    ```yaml bad
    apiVersion: apps/v1beta2  # error: Kubernetes 1.16 removed `apps/v1beta2` Deployment
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
    ```

    ```yaml good 1.25
    apiVersion: autoscaling/v2beta2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 3
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
    ---
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
    ```

    ```yaml bad 1.26
    apiVersion: autoscaling/v2beta2  # error: Kubernetes 1.26 removed
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 3
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
    ```
    """
    if "." in manifest.type:
        return  # no other group has ever been served by Kubernetes itself
    version = manifest.api_version
    removed = unserved.removed(version, manifest.kind)
    if removed is not None:
        minor, successor = removed
        changes = tuple(_changes(manifest, successor)) if successor else ()
        yield Problem(
            manifest["apiVersion"],
            f"Kubernetes 1.{minor} removed `{version}` {manifest.kind}, so kubectl stops with `no"
            " matches for kind`",
            related=changes[:3],
            help=f"write `apiVersion: {successor}`"
            if successor
            else "delete it, for nothing took its place",
            fix=Fix.write(manifest["apiVersion"], successor) if successor and not changes else None,
        )


def _changes(manifest: Manifest, successor: str) -> Iterator[tuple[Node, str]]:
    """What the successor rejects in the object as it is."""
    schemas, root = manifest.schemas, manifest.root
    faults = schemas.faults({**root.mapping, "apiVersion": successor}) if schemas else ()
    for fault in faults or ():
        node = root.at(fault.path)
        if fault.kind == "unknown-field":
            yield node.key, f"`{successor}` has no `{fault.field}` here"
        elif fault.kind == "missing-field":
            yield node[fault.field], f"`{successor}` requires `{fault.field}` here"
        else:
            yield node, f"`{successor}` does not take this value"
