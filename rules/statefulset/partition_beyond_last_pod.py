from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, pods_of, rule


@rule(INFO, "StatefulSet", fields=("partition",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A StatefulSet's `partition` is beyond its last pod, so no update reaches any.

    Only pods whose ordinal is at least the partition are updated. That is a way to stage an update;
    left behind, it makes every later change of the template go nowhere.

    Lower the partition to let the update begin.
    (Source: pkg/controller/statefulset: updateStatefulSet.)

    ```yaml bad
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      replicas: 3
      updateStrategy:
        rollingUpdate:
          partition: 3  # info: no update reaches a pod of StatefulSet `db`
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
      replicas: 3
      updateStrategy:
        rollingUpdate:
          partition: 2
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
    partition = manifest.spec["updateStrategy"]["rollingUpdate"]["partition"]
    replicas = manifest.spec["replicas"]
    for pods in pods_of(manifest) if replicas.integer else ():
        last = pods.ordinals.stop - 1
        if (partition.integer or 0) > last >= 0:
            yield Problem(
                partition,
                f"no update reaches a pod of {manifest.title}: the last one is"
                f" `{manifest.name}-{last}`",
                related=((replicas, "this is how many there are"),),
                help=f"write `partition: {last}` to begin with the last pod",
            )
