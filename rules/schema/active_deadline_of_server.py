from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(
    ERROR,
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    fields=("activeDeadlineSeconds",),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A workload that is to run for ever gives its pods an `activeDeadlineSeconds`.

    The API server rejects it: only the pods of Jobs and single Pods have an end.

    Remove it; for how long a pod may take to stop write `terminationGracePeriodSeconds`.
    (Source: pkg/apis/apps/validation: ValidatePodTemplateSpecForStatefulSet and its like.)

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          activeDeadlineSeconds: 600  # error: the pods of Deployment `web` have no deadline
          containers:
            - name: web
              image: nginx:1.29
    ```

    ```yaml good
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
    spec:
      template:
        spec:
          activeDeadlineSeconds: 600
          restartPolicy: Never
          containers:
            - name: migrate
              image: example.com/migrate:1.4
    ```
    """
    field = manifest.spec["template"]["spec"]["activeDeadlineSeconds"]
    if field.written:
        yield Problem(
            field.key,
            f"the pods of {manifest.title} have no deadline, so the API server rejects it",
            help="remove `activeDeadlineSeconds`",
        )
