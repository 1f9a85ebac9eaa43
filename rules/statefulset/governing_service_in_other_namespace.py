from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, World, rule


@rule(WARNING, "StatefulSet", fields=("serviceName",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The Service that a StatefulSet's `serviceName` names is in another namespace.

    A `serviceName` is looked for in the namespace of the StatefulSet alone. A Service elsewhere
    gives its pods no DNS names, and does not select them either; the API server accepts both.

    Put the two into one namespace.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: prod
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
      namespace: staging
    spec:
      serviceName: db  # warning: Service `db` is in namespace `prod`, StatefulSet `db` in `staging`
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
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: prod
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
      namespace: prod
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
    name = manifest.spec["serviceName"]
    if not name.string or world.named("Service", name.string, manifest):
        return
    elsewhere = world.elsewhere("Service", name.string, manifest)[:1]
    for service in elsewhere:
        yield Problem(
            name,
            f"Service `{name.string}` is in namespace `{service.namespace}`, {manifest.title} in"
            f" `{manifest.namespace}`, so its pods get no DNS names",
            related=(
                (service["metadata"]["namespace"], "the Service is here"),
                (manifest["metadata"]["namespace"], f"{manifest.title} is here"),
            ),
            help="put both into one namespace",
            severity=world.absence(manifest, "Service"),
        )
