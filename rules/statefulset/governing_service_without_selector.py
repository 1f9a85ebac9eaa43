from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, World, rule


@rule(WARNING, "StatefulSet", fields=("serviceName",))
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
    for pods in world.pods_of(manifest):
        services = world.governing(pods)
        if not services or any(map(_may_have_endpoints, services)):
            continue
        if world.endpoints_of(services[0]):
            continue
        key, value = next(iter(pods.labels.items()), ("app", manifest.name))
        yield Problem(
            name,
            f"Service `{name.string}` has no selector, so the pods of {manifest.title} get no DNS"
            " names",
            related=((services[0].spec["selector"], "a `selector` is missing here"),),
            help=f"write `selector:` with `{key}: {value}` in Service `{name.string}`",
        )


def _may_have_endpoints(service: Manifest) -> bool:
    """Whether a Service has a selector, or is an alias: governing-service-external-name."""
    return bool(service.spec["selector"].value) or service.spec["type"].string == "ExternalName"
