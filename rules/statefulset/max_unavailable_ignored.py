from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, rule


@rule(WARNING, "StatefulSet", fields=("maxUnavailable",), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A StatefulSet's `maxUnavailable` is dropped by this version of Kubernetes.

    The feature gate MaxUnavailableStatefulSet is off before 1.37 (but for 1.35.0 to 1.35.3). The
    API server accepts the field and forgets it: pods are updated one at a time.

    Delete the field, or switch the gate on; from 1.37 on it works as written.
    (Source: pkg/registry/apps/statefulset: dropStatefulSetDisabledFields; pkg/features.)

    ```yaml bad 1.36
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      updateStrategy:
        rollingUpdate:
          maxUnavailable: 2  # warning: Kubernetes 1.36 drops `maxUnavailable`
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

    ```yaml good 1.37
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      updateStrategy:
        rollingUpdate:
          maxUnavailable: 2
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
    field = manifest.spec["updateStrategy"]["rollingUpdate"]["maxUnavailable"]
    if manifest.minor >= 37 or not field or field.value == 1:
        return
    yield Problem(
        field.entry,
        f"Kubernetes 1.{manifest.minor} drops `maxUnavailable`, so the pods of {manifest.title}"
        " are updated one at a time",
        help="delete it, or switch on the feature gate MaxUnavailableStatefulSet",
        fix=Fix.remove(field),
    )
