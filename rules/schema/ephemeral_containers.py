from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Problem, pods_of, rule


@rule(ERROR, WORKLOADS, fields=("ephemeralContainers",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A manifest has `ephemeralContainers`, which only a running pod can be given.

    The API server rejects it: they are added to look into a pod that runs, by `kubectl debug`.

    Remove them, or make main containers of them.
    (Source: pkg/apis/core/validation: ValidatePodCreate, ValidatePodTemplateSpec.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
      ephemeralContainers:  # error: `ephemeralContainers` can be given to a running pod only
        - name: debug
          image: busybox:1.37
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
    ```
    """
    for pods in pods_of(manifest):
        node = pods.spec["ephemeralContainers"]
        if node.value:
            rejected = pods.rejection
            yield Problem(
                node.key,
                f"`ephemeralContainers` can be given to a running pod only, {rejected}",
                help="remove them, and use `kubectl debug`",
            )
