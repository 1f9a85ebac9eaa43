from collections.abc import Iterator, Sequence

from hslint import ERROR, Fault, Manifest, Problem, rule


@rule(ERROR)
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A field that must hold something is there and empty: a name `""`, a list `[]`.

    The API server takes an empty text or list for none (`Required value`) and rejects the object,
    or up to 1.33 the pods of a StatefulSet.

    Write a value.
    (Source: pkg/apis/core/validation: validateContainers, ValidateEnv, ValidateVolumeMounts,
    validateVolumeSource, ValidatePersistentVolumeClaimSpec.)

    ```yaml bad 1.34
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
            - name: db
              image: ""  # error: `image` is empty
              env:
                - name: ""  # error: `name` is empty
          volumes:
            - name: share
              nfs: {server: "", path: /}  # error: `server` is empty
      volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: []  # error: `accessModes` is empty
            resources: {requests: {storage: 1Gi}}
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          env:
            - name: EMPTY
              value: ""
          volumeMounts:
            - name: conf
              mountPath: /conf
      volumes:
        - name: conf
          configMap:
            name: web
    ```
    """
    for fault in faults:
        if fault.kind == "empty-field":
            yield Problem(
                manifest.root.at(fault.path),
                f"`{fault.field}` is empty, {manifest.rejection(fault.path)}",
                help="write a value",
            )
