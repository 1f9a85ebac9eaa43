from collections.abc import Iterator

from hslint import WARNING, WORKLOADS, Manifest, Node, Problem, pods_of, rule


@rule(WARNING, WORKLOADS, fields=("imagePullSecrets",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """One of the `imagePullSecrets` is there twice, or has no name.

    The API server accepts it with a warning. They are told apart by name, so `kubectl apply` keeps
    one of two; without a name there is no Secret to pull with.

    Remove one of them, or write its name.
    (Source: pkg/api/pod: GetWarningsForPod.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      imagePullSecrets:
        - name: registry
        - name: registry  # warning: `registry` is there twice
        - name: ""  # warning: has no name
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      imagePullSecrets:
        - name: registry
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        seen: dict[str, Node] = {}
        for secret in pods.spec["imagePullSecrets"]:
            name = secret["name"]
            first = seen.setdefault(name.string, name)
            if not name.string and (name.value == "" or not name):
                yield Problem(
                    name if name.written else secret,
                    "this item of `imagePullSecrets` has no name",
                    help="write the name of a Secret",
                )
            elif first is not name:
                yield Problem(
                    name,
                    f"`{name.string}` is there twice",
                    related=((first, "the first one"),),
                    help="remove one of the two",
                )
