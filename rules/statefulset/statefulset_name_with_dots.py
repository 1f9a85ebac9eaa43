from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(ERROR, "StatefulSet")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A StatefulSet's name has a dot in it.

    The name becomes the host name of the pods, which is a single DNS label. The API server rejects
    it since 1.27; older ones accept it, and then no pod can be created.

    Write a hyphen in place of the dot. (Source: pkg/apis/apps/validation: ValidateStatefulSetName.)

    ```yaml bad
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db.main  # error: the API server rejects it
    spec:
      serviceName: db
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

    ```yaml bad 1.26
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db.main  # error: none of its pods can be created
    spec:
      serviceName: db
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
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db-main
    spec:
      serviceName: db
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
    if "." not in manifest.name:
        return
    rejected = manifest.minor >= 27
    yield Problem(
        manifest["metadata"]["name"],
        f"the name of {manifest.title} has a dot in it, so "
        + ("the API server rejects it" if rejected else "none of its pods can be created"),
        help=f"write `name: {manifest.name.replace('.', '-')}`",
    )
