from collections.abc import Iterator

from hslint import INFO, SAFE, UNSAFE, WARNING, Fix, Manifest, Problem, rule

_ANNOTATION = "service.alpha.kubernetes.io/tolerate-unready-endpoints"


@rule(
    WARNING,
    "Service",
    fields=("service.alpha.kubernetes.io/tolerate-unready-endpoints",),
    fixes=(SAFE, UNSAFE),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service asks for unready endpoints with an annotation that nothing reads any more.

    The field `publishNotReadyAddresses` has replaced it, and since 1.25 at the latest no code reads
    the annotation: pods get no DNS names until they are ready, and a cluster whose members wait for
    each other never starts.

    Write `publishNotReadyAddresses: true` under `spec`, and delete the annotation.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      annotations:
        service.alpha.kubernetes.io/tolerate-unready-endpoints: "true"  # warning: nothing reads
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
      name: cache
      annotations:
        service.alpha.kubernetes.io/tolerate-unready-endpoints: "false"  # info: nothing reads
    spec:
      clusterIP: None
      selector:
        app: cache
      ports:
        - name: cache
          port: 6379
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      publishNotReadyAddresses: true
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```
    """
    value = manifest["metadata"]["annotations"][_ANNOTATION]
    if not value.string:
        return
    replaced = manifest.spec["publishNotReadyAddresses"].value is not None
    wanted = value.string.lower() == "true" and not replaced
    remove = Fix.remove(value, safe=True)
    yield Problem(
        value.key,
        f"nothing reads the annotation `{_ANNOTATION.rpartition('/')[2]}` any more"
        + (", so pods that are not ready get no DNS names" if wanted else ""),
        help="write `publishNotReadyAddresses: true` under `spec`" if wanted else "delete it",
        severity=WARNING if wanted else INFO,
        fix=remove + Fix.put(manifest.spec, "publishNotReadyAddresses", value=True)
        if wanted
        else remove,
    )
