from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(ERROR, "Service", fields=("type",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service's `type` does not allow its `clusterIP`.

    The API server rejects it: a NodePort or LoadBalancer Service needs the virtual IP that
    `clusterIP: None` does without, and an ExternalName Service has no IP at all, not even `None`.

    For a headless Service leave `type` out (it is then ClusterIP). To open the pods to the outside
    too, add a second Service for it. (Source: pkg/apis/core/validation: ValidateService,
    ValidateServiceClusterIPsRelatedFields.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      type: NodePort  # error: a NodePort Service cannot have `clusterIP: None`
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      type: ExternalName  # error: an ExternalName Service cannot have a `clusterIP`
      externalName: db.example.com
      clusterIP: None
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
    apiVersion: v1
    kind: Service
    metadata:
      name: db-outside
    spec:
      type: NodePort
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```
    """
    kind, value = manifest.spec["type"], manifest.spec["clusterIP"]
    if kind.string in ("NodePort", "LoadBalancer") and value.string == "None":
        yield Problem(
            kind,
            f"a {kind.string} Service cannot have `clusterIP: None`, so the API server rejects"
            f" {manifest.title}",
            related=((value, "this makes it headless"),),
            help="leave `type` out for a headless Service, and add a second Service for"
            f" the {kind.string}",
        )
    elif kind.string == "ExternalName" and (value.string or manifest.spec["clusterIPs"].value):
        yield Problem(
            kind,
            f"an ExternalName Service cannot have a `clusterIP`, not even `None`, so the API server"
            f" rejects {manifest.title}",
            related=((value or manifest.spec["clusterIPs"], "this is forbidden here"),),
            help="leave `clusterIP` out, or leave `type` out for a headless Service",
        )
