from collections.abc import Iterator

from hslint import INFO, UNSAFE, WARNING, Fix, Manifest, Problem, rule


@rule(WARNING, "Service", fields=("externalName", "type"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service mixes an alias of another host with what a Service for pods has.

    `externalName` is read for `type: ExternalName` only; for any other type the API server warns
    that it is ignored. The other way round, a Service of this type is an entry in DNS and nothing
    else: its `selector` finds no pods, and its `ports` change nothing, except for some Ingress
    controllers.

    Remove what is not used, or correct the type.
    (Source: pkg/api/service: GetWarningsForService.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      externalName: db.example.com  # warning: `externalName` is ignored
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: queue
    spec:
      type: ExternalName
      externalName: queue.example.com
      selector:  # info: `selector` has no effect
        app: queue
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      type: ExternalName
      externalName: db.example.com
    ```
    """
    spec = manifest.spec
    if spec["type"].string != "ExternalName":
        if spec["externalName"].string:
            yield Problem(
                spec["externalName"].entry,
                f"`externalName` is ignored: {manifest.title} is not of type ExternalName",
                help="write `type: ExternalName`, or remove `externalName`",
            )
        return
    for field in ("selector", "ports", "externalIPs"):
        if spec[field].value:
            yield Problem(
                spec[field].key,
                f"`{field}` has no effect: {manifest.title} is an alias in DNS and nothing else",
                help=f"remove `{field}`",
                fix=Fix.remove(spec[field]),
                severity=INFO,
            )
