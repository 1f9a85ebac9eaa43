from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, pods_of, rule

#: Versions that took the selector from the template's labels when there was none.
_DEFAULTING = ("v1", "apps/v1beta1", "extensions/v1beta1")


@rule(ERROR, "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A workload's selector is empty.

    The API server rejects it: an empty selector would take hold of every pod of the namespace.

    Select labels that the template gives to its pods, and no other pods have.

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector: {}  # error: the selector of Deployment `web` is empty
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: ReplicationController
    metadata:
      name: web
    spec:
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```
    """
    # Sources: pkg/apis/apps/validation; pkg/apis/core/v1: SetDefaults_ReplicationController. A
    # missing or null selector is the schema's where it is required.
    selector = manifest.spec.mapping.get("selector")
    if isinstance(selector, dict) and manifest.api_version != "v1":
        if not any(selector.values()) and not selector.keys() - {"matchLabels", "matchExpressions"}:
            yield Problem(
                manifest.spec["selector"],
                f"the selector of {manifest.title} is empty, so the API server rejects it",
                help="select labels of the template, under `matchLabels`",
            )
    elif not selector and manifest.api_version in _DEFAULTING:
        for pods in pods_of(manifest):
            if not pods.labels_node.mapping and not pods.partial:
                yield Problem(
                    pods.labels_node,
                    f"{manifest.title} has neither a selector nor labels in its template, so the"
                    " API server rejects it",
                    help="add labels to the template's metadata, and select them",
                )
