from collections.abc import Iterator

from hslint import (
    ERROR,
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


@rule(ERROR, *REFERRERS, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A host name puts a pod below a Service that does not give it its name.

    The pods of a StatefulSet have their names below the Service that `serviceName` names, and below
    no other, even if another selects them. Without a `serviceName` they have none. Such a name does
    not resolve.

    Write the governing Service: `db-0.db-headless`.
    (Source: k8s.io/endpointslice: ShouldSetHostname compares the pod's subdomain with the Service.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: db-headless
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
      serviceName: db-headless
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
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      web.conf: |
        timeout = 3
        database = mongodb://db-0.db:27017/web  # error: are below Service `db-headless`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db-headless
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
      serviceName: db-headless
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
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      web.conf: |
        timeout = 3
        database = mongodb://db-0.db-headless:27017/web
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.NOT_GOVERNED):
        pods, services = reference.answer.pods, reference.answer.services
        if pods is None:
            continue
        record, host, governing = reference.record, reference.host.name, domain_of(pods)
        owner = pods.owner
        if governing:
            why = f"the names of the pods of {owner.title} are below Service `{governing}`, not"
            why += f" `{record.service}`"
            related = [(owner.spec["serviceName"] or pods.spec["subdomain"], "this names it")]
            meant = host.replace(f"{record.host}.{record.service}", f"{record.host}.{governing}", 1)
        else:
            why = f"the pods of {owner.title} have no names, because it has no `serviceName`"
            related = [(owner["metadata"]["name"], "this workload")]
            meant = ""
        if services:
            related.append((services[0]["metadata"]["name"], "this Service gives them no names"))
        yield Problem(
            reference.at,
            f"{why}, so `{host}` does not resolve",
            related=tuple(related),
            help=f"write `{meant}`" if meant else "",
            fix=Fix.swap(reference.at, host, meant) if meant else None,
            severity=ERROR if services else WARNING,
        )
