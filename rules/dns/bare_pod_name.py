from collections.abc import Iterator

from hslint import (
    REFERRERS,
    UNSAFE,
    WARNING,
    Answer,
    Fix,
    Manifest,
    Problem,
    World,
    domain_of,
    rule,
)


@rule(WARNING, *REFERRERS, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The name of a pod stands without its Service where a host is called.

    `db-0` alone is a name that only the pod `db-0` itself can resolve, from its own /etc/hosts.
    Everyone else needs the governing Service behind it.

    Write `db-0.db`.
    (Source: kubernetes/dns docs/specification.md, 2.4.1.)

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
              env:
                - name: PRIMARY
                  value: mongodb://db-0:27017  # warning: `db-0` resolves only in the pod itself
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
              env:
                - name: PRIMARY
                  value: mongodb://db-0.db:27017
                - name: NODE_NAME
                  value: db-0
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.BARE_POD):
        pods = reference.answer.pods
        if pods is None:
            continue
        name, governing = reference.host.name, domain_of(pods)
        yield Problem(
            reference.at,
            f"`{name}` resolves only in the pod itself: it is the name of a pod of"
            f" {pods.owner.title}, without its Service",
            related=((pods.owner["metadata"]["name"], "its pods are called so"),),
            help=f"write `{name}.{governing}`"
            if governing
            else "give the pods a governing Service",
            fix=Fix.swap(reference.at, name, f"{name}.{governing}") if governing else None,
        )
