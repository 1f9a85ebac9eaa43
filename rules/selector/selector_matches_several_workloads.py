from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Node, Pods, Problem, World, rule

_SHOWN = 3


@rule(WARNING, "Service")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service selects the pods of several workloads.

    Its clients reach now the one, now the other. That is meant for canaries; if it is not, a Job
    or a second program that shares a label gets traffic it cannot serve. Behind the Service that
    gives a StatefulSet its names, strangers' addresses mix into the list of its members.

    Select a label that only the meant pods carry, such as `app.kubernetes.io/component`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:  # warning: Service `db` also selects the pods of Job `db-backup`
        app: db
      ports:
        - name: db
          port: 5432
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
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
              image: postgres:17
    ---
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: db-backup
    spec:
      template:
        metadata:
          labels:
            app: db
        spec:
          restartPolicy: Never
          containers:
            - name: backup
              image: postgres:17
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      selector:
        app: db
      ports:
        - port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:17
    ```
    """
    # Only what is written nearest: farther off are variants. Sure only within one file, and for
    # the Service that governs a StatefulSet; else a mix may well be meant.
    selection = world.selected_by(manifest)
    if len(selection) < 2:
        return
    nearest = selection.nearest(manifest)
    if len(nearest.names) < 2:
        return
    governed = {id(pods): pods for pods in world.governed_by(manifest)}
    own = [pods for pods in governed.values() if pods in nearest]
    others = [pods for pods in nearest.pods[: len(own) + _SHOWN] if id(pods) not in governed]
    if own and others:
        of = own[0].owner
        here = manifest.file == of.file == others[0].owner.file
        yield Problem(
            manifest.spec["selector"],
            f"{manifest.title} also selects the pods of {others[0].owner.title}, so their"
            f" addresses mix with the members of {of.title}, which it gives their names",
            related=_places([*others[:2], own[0]]),
            help=f"select a label that only the pods of {of.title} carry",
            severity=WARNING if here else INFO,
        )
    elif not own:
        titles = nearest.titles
        yield Problem(
            manifest.spec["selector"],
            f"{manifest.title} selects the pods of {' and '.join(titles[:3])}, so its clients"
            " reach now the one, now the other",
            related=_places(nearest.pods),
            help="select a label that only the meant pods carry, unless this is meant",
            severity=INFO,
        )


def _places(several: list[Pods]) -> tuple[tuple[Node, str], ...]:
    return tuple((p.labels_node, f"the pods of {p.owner.title}") for p in several[:_SHOWN])
