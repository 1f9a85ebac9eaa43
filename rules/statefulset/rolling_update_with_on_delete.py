from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(ERROR, "StatefulSet", fields=("rollingUpdate",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A StatefulSet's update strategy is OnDelete and has settings for RollingUpdate.

    The API server rejects it: with `type: OnDelete` nobody updates the pods, so there is nothing to
    set. The two meet where a strategy is changed and its old settings are left behind.

    Delete `rollingUpdate`, or write `type: RollingUpdate`.
    (Source: pkg/apis/apps/validation: ValidateStatefulSetSpec.)

    ```yaml bad
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      updateStrategy:
        type: OnDelete
        rollingUpdate:  # error: `rollingUpdate` does not go with `type: OnDelete`
          partition: 1
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
      name: db
    spec:
      serviceName: db
      updateStrategy:
        type: OnDelete
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
    strategy = manifest.spec["updateStrategy"]
    if strategy["type"].string == "OnDelete" and strategy["rollingUpdate"]:
        yield Problem(
            strategy["rollingUpdate"].key,
            f"`rollingUpdate` does not go with `type: OnDelete`, so the API server rejects"
            f" {manifest.title}",
            related=((strategy["type"], "this strategy has no settings"),),
            help="delete `rollingUpdate`, or write `type: RollingUpdate`",
        )
