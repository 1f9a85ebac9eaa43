from collections.abc import Iterator

from hslint import INFO, Ignore, Problem, rule


@rule(INFO)
def check(ignore: Ignore) -> Iterator[Problem]:
    """A suppression suppresses nothing.

    What it was written for is gone, or it stands in the wrong place. Left alone, it will hide the
    next real finding of its rule here, and nobody will know. Rules that were not checked in this
    run are not counted.

    Remove it. If the finding is still there, move the comment to the finding's line or to the line
    above it; above everything else in a document it holds for the whole document.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None  # hslint: ignore[governing-service-missing]  # info: suppresses nothing
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      # hslint: ignore[governing-service-missing] an operator makes this Service
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
    if ignore.known and ignore.checked and not ignore.used:
        yield Problem(
            ignore.at,
            f"this suppresses nothing: no finding of `{ignore.rule}` is here",
            help="remove it, or move it to the line of the finding",
        )
