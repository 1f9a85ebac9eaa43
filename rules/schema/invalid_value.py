from collections.abc import Iterator, Sequence

from hslint import ERROR, Fault, Manifest, Problem, rule, written_path


@rule(ERROR)
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A value breaks a limit of its field, or a pattern that a custom resource's definition sets.

    The API server rejects the object: ids of users go from 0 to 2147483647, weights from 1 to 100,
    file modes from 0 to 0777, which is 511. Custom resources it checks against the schema in their
    CustomResourceDefinition.

    Write a value that fits.

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext:
        runAsUser: -1  # error: `spec.securityContext.runAsUser` takes a number from 0 to
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml bad
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.db.example
    spec:
      group: db.example
      scope: Namespaced
      names: {plural: backups, kind: Backup}
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                keep: {type: integer, minimum: 1}
    ---
    apiVersion: db.example/v1
    kind: Backup
    metadata:
      name: nightly
    keep: 0  # error: `keep` takes
    ```

    ```yaml good
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.db.example
    spec:
      group: db.example
      scope: Namespaced
      names: {plural: backups, kind: Backup}
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                keep: {type: integer, minimum: 1}
    ---
    apiVersion: db.example/v1
    kind: Backup
    metadata:
      name: nightly
    keep: 7
    ```
    """
    for fault in faults:
        if fault.kind == "invalid-value":
            where, value = written_path(fault.path), fault.value
            instead = f", not `{value}`" if isinstance(value, (str, int, float)) else ""
            yield Problem(
                manifest.root.at(fault.path),
                f"{f'`{where}`' if where else manifest.title} takes {fault.expected}{instead},"
                f" {manifest.rejection(fault.path)}",
                help=f"write {fault.expected}",
            )
