from collections.abc import Iterator

from hslint import INFO, REFERRERS, WARNING, Answer, Manifest, Node, Pods, Problem, World, rule


@rule(WARNING, *REFERRERS)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A host name has a number that none of the workload's pods has.

    The pods of a StatefulSet are numbered from `ordinals.start` (0 if it is not set), as many as
    there are replicas; those of an Indexed Job from 0, as many as there are completions. Any other
    number does not resolve: a client waits for a member that never comes.

    Correct the list of members, or the number of replicas. Where an autoscaler sets the replicas
    this is only worth knowing.
    (Source: pkg/controller/statefulset: getPodName, getStartOrdinal.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      replicas: 2
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
              ports:
                - name: db
                  containerPort: 27017
              env:
                - name: MEMBERS
                  value: db-0.db,db-1.db,db-2.db  # warning: StatefulSet `db` has no pod `db-2`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      replicas: 3
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
              ports:
                - name: db
                  containerPort: 27017
              env:
                - name: MEMBERS
                  value: db-0.db,db-1.db,db-2.db
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.ORDINAL):
        pods = reference.answer.pods
        if pods is None:
            continue
        uncertain = world.is_scaled(pods.owner) or not pods.replicas
        yield Problem(
            reference.at,
            f"{pods.owner.title} has no pod `{reference.record.host}`, so `{reference.host.name}`"
            " does not resolve",
            related=(_numbers(pods),),
            help="name only pods that exist, or raise the number of replicas",
            severity=INFO if uncertain else WARNING,
        )


def _numbers(pods: Pods) -> tuple[Node, str]:
    """Where the number of pods is written, and what it comes to."""
    owner = pods.owner
    if owner.kind == "StatefulSet":
        last = pods.ordinals.stop - 1
        names = f"`{owner.name}-{pods.first_ordinal}`"
        names += f" to `{owner.name}-{last}`" if last > pods.first_ordinal else ""
        start = owner.spec["ordinals"]["start"]
        node = start if start and pods.first_ordinal else owner.spec["replicas"]
        return node.entry, f"the pods are {names}" if pods.replicas else "there are no pods"
    if owner.type == "Job":
        return owner.spec["completions"].entry, f"the numbers end at {pods.replicas - 1}"
    return owner["metadata"]["name"], "these are the pods"
