from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, World, rule


@rule(WARNING, "Service", fields=("clusterIP",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service that is used as a headless one has an empty `clusterIP`.

    An empty value is not `None`: the API server reads it as unset and gives the Service a virtual
    IP. Its name then resolves to that one IP, not to the pods, and the pods' own names resolve only
    where the DNS server goes beyond its specification. The IP cannot be changed back to `None`
    later: the Service has to be deleted and made again.

    Write `clusterIP: None`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP:  # warning: an empty `clusterIP` gives Service `db` a virtual IP
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
    value = manifest.spec["clusterIP"]
    if not value.written or value.value not in (None, ""):
        return
    if manifest.spec["type"].string not in ("", "ClusterIP"):
        return  # such a type has a virtual IP whatever is written here
    governed = world.governed_by(manifest)
    if not governed and "headless" not in manifest.name:
        return
    related = tuple(
        (
            pods.owner.spec["serviceName"] or pods.spec["subdomain"],
            f"the pods of {pods.owner.title} take their DNS names from it",
        )
        for pods in governed[:1]
    )
    yield Problem(
        value.key,
        f"an empty `clusterIP` gives {manifest.title} a virtual IP, so its name does not resolve"
        " to the pods",
        related=related,
        help="write `clusterIP: None`",
        fix=Fix.write(value, "None"),
    )
