from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, World, closest, formats, rule

#: So many Services are enough to see which one was meant.
_FEW = 50


@rule(WARNING, "StatefulSet", fields=("serviceName",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A StatefulSet's `serviceName` names no Service of its namespace.

    The pods get their DNS names from this Service: without it `db-0.db` does not resolve, and
    nothing says so. The API server accepts the manifest, and `serviceName` cannot be changed later
    without deleting the StatefulSet.

    Correct the name, or add a headless Service (`clusterIP: None`) that selects the pods.

    ```yaml bad
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
      serviceName: db  # warning: no Service `db` in the files given
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
    if not name.string or world.named("Service", name.string, manifest):
        return
    if world.elsewhere("Service", name.string, manifest) or formats.dns_label(name.string):
        return  # governing-service-in-other-namespace, governing-service-name-invalid say so
    fitting = {
        service.name: "this headless Service selects the pods"
        for pods in world.pods_of(manifest)
        for service in world.headless_services_selecting(pods)[:_FEW]
    }
    near = closest(name.string, fitting) or next(iter(fitting), "")
    sure = len(fitting) < 2 or near == closest(name.string, fitting)
    if not near:
        near = closest(name.string, world.names("Service", manifest, name.string)) or ""
    meant = world.named("Service", near, manifest)[:1]
    own = world.pods_of(manifest)
    if any(
        behind and not any(p in behind for p in own) for behind in map(world.selected_by, meant)
    ):
        near, meant = "", []  # it is for other pods
    related = tuple(
        (service["metadata"]["name"], fitting.get(near, "did you mean this Service?"))
        for service in meant
    )
    yield Problem(
        name,
        f"no Service `{name.string}` in the files given, so the pods of {manifest.title} get no"
        " DNS names",
        related=related,
        help=f"write `serviceName: {near}`" if near else "add a headless Service of that name",
        fix=Fix.write(name, near) if near and sure else None,
        severity=world.absence(manifest, "Service"),
    )
