from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, World, is_alias, rule


@rule(ERROR, "StatefulSet", fields=("serviceName",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The Service that a StatefulSet's `serviceName` names is of type ExternalName.

    Such a Service is an alias for a name outside the cluster: it selects no pods and has no
    endpoints, so the pods get no DNS names from it.

    Name a headless Service that selects the pods. (Source: k8s.io/kubernetes
    pkg/controller/endpointslice: syncService, which leaves ExternalName alone.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      type: ExternalName
      externalName: db.example.com
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db  # error: Service `db` is of type ExternalName
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
    ```
    """
    name = manifest.spec["serviceName"]
    for pods in world.pods_of(manifest):
        services = world.governing(pods)
        if services and all(map(is_alias, services)):
            yield Problem(
                name,
                f"Service `{name.string}` is of type ExternalName, so the pods of {manifest.title}"
                " get no DNS names from it",
                related=((services[0].spec["type"], "this Service selects no pods"),),
                help="name a headless Service that selects the pods",
            )
