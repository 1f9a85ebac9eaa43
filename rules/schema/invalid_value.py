from collections.abc import Iterator, Sequence

from hslint import ERROR, Fault, Manifest, Problem, rule, written_path


@rule(ERROR)
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A value of a custom resource breaks a limit or a pattern that its definition sets.

    The API server checks custom resources against the schema in their CustomResourceDefinition, and
    rejects the object.

    Write a value that fits.

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
                f"{f'`{where}`' if where else manifest.title} takes {fault.expected}{instead}, so"
                f" the API server rejects {manifest.title}",
                help=f"write {fault.expected}",
            )
