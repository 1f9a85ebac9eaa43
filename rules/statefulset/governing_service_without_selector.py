from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, World, rule


@rule(WARNING, "StatefulSet")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The Service that a StatefulSet's `serviceName` names has no selector.

    Kubernetes finds no pods for it, so it has no endpoints unless somebody writes them, and the
    pods get no DNS names. An empty selector is no selector.

    Give the Service a selector that the labels of the pods meet.
    (Source: pkg/controller/endpointslice: syncService.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db  # warning: Service `db` has no selector
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
    services = world.named("Service", name.string, manifest) if name.string else []
    if not services or any(s.spec["selector"].value for s in services):
        return
    service = services[0]
    if service.spec["type"].string == "ExternalName" or world.endpoints_of(service):
        return
    labels = [pods.labels for pods in world.pods_of(manifest) if pods.labels]
    key, value = next(iter(labels[0].items())) if labels else ("app", manifest.name)
    yield Problem(
        name,
        f"Service `{name.string}` has no selector, so the pods of {manifest.title} get no DNS names",
        related=((service.spec["selector"], "a `selector` is missing here"),),
        help=f"write `selector:` with `{key}: {value}` in Service `{name.string}`",
    )
