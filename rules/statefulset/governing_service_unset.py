from collections.abc import Iterator

from hslint import INFO, UNSAFE, WARNING, Fix, Manifest, Problem, World, rule


@rule(WARNING, "StatefulSet", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A StatefulSet names no Service in `serviceName`.

    Its pods get no stable DNS names, whatever Services select them: `db-0.db` resolves only if
    `serviceName` is `db`. It cannot be added later without deleting the StatefulSet. That is fine
    if nobody asks for single pods; a warning is given where a headless Service selects them.

    Write `serviceName` with the name of the headless Service.
    (Source: pkg/controller/statefulset: initIdentity; optional in the API since 1.33, and never
    required by the API server before.)

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
    spec:  # warning: StatefulSet `db` has no `serviceName`
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
    field = manifest.spec["serviceName"]
    templates = world.pods_of(manifest)
    if field.value not in (None, "") or not templates:
        return
    if templates[0].spec["subdomain"].string:
        return  # pod-identity-overwritten says where the name belongs
    headless = world.headless_services_selecting(templates[0])[:1]
    yield Problem(
        field,
        f"{manifest.title} has no `serviceName`, so its pods get no DNS names",
        related=tuple(
            (s["metadata"]["name"], "this headless Service selects the pods") for s in headless
        ),
        help=f"write `serviceName: {headless[0].name}`"
        if headless
        else "name a headless Service if anybody needs to reach single pods",
        fix=Fix.put(manifest.spec, "serviceName", headless[0].name) if headless else None,
        severity=WARNING if headless else INFO,
    )
