from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, rule


@rule(ERROR, "StatefulSet", fields=("partition", "maxUnavailable"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A StatefulSet's rolling update has a `partition` or `maxUnavailable` that cannot be.

    The API server rejects it. `partition` is the first ordinal to update, so it is not negative.
    `maxUnavailable`, which is dropped unread before 1.37, is a positive number, or a percentage up
    to `100%`.

    Correct the number, or leave the field out to update the pods one by one.
    (Source: pkg/apis/apps/validation: validateRollingUpdateStatefulSet.)

    ```yaml bad
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      updateStrategy:
        rollingUpdate:
          partition: -1  # error: `partition: -1` is negative
          maxUnavailable: 0  # error: `maxUnavailable: 0` is neither a positive number nor
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

    ```yaml good 1.36
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      updateStrategy:
        rollingUpdate:
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
    """
    rolling = manifest.spec["updateStrategy"]["rollingUpdate"]
    partition, unavailable = rolling["partition"], rolling["maxUnavailable"]
    rejected = f"so the API server rejects {manifest.title}"
    if (partition.integer or 0) < 0:
        message = f"`partition: {partition.integer}` is negative, {rejected}"
        yield Problem(partition, message, help="write the first ordinal to update, from 0 on")
    if unavailable and manifest.minor >= 37 and not _is_positive(unavailable):
        yield Problem(
            unavailable,
            f"`maxUnavailable: {unavailable.value}` is neither a positive number nor a percentage"
            f" from `1%` to `100%`, {rejected}",
            help="write `maxUnavailable: 1`",
        )


def _is_positive(node: Node) -> bool:
    """Whether an int-or-percent is positive and at most 100%; another type is a schema fault."""
    number = node.string.removesuffix("%")
    if not isinstance(node.value, str):
        return node.integer is None or node.integer > 0
    return node.string != number and number.isdecimal() and 0 < int(number) <= 100
