from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, rule


@rule(ERROR, "Job", "CronJob", fields=("selector", "manualSelector"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Job brings its own selector without saying so with `manualSelector`.

    The API server rejects it: it makes a selector for each Job, with a label that no other Job's
    pods carry. A CronJob's Jobs can never have their own.

    Remove the selector.

    ```yaml bad
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
    spec:
      selector:  # error: Job `migrate` has its own selector
        matchLabels:
          app: migrate
      template:
        metadata:
          labels:
            app: migrate
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example.com/migrate:1
    ```

    ```yaml good
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example.com/migrate:1
    ```
    """
    # Sources: pkg/registry/batch/job: generateSelector; pkg/apis/batch/validation: ValidateJob,
    # ValidateJobTemplateSpec. An object read from a cluster (with uid) has its generated one.
    if manifest["metadata"]["uid"]:
        return
    cron = manifest.kind == "CronJob"
    spec = manifest.spec["jobTemplate"]["spec"] if cron else manifest.spec
    manual = spec["manualSelector"].value is True
    if spec["selector"] and (cron or not manual):
        yield Problem(
            spec["selector"],
            f"{manifest.title} has its own selector, but Kubernetes makes one for each Job, so the"
            " API server rejects it",
            help="remove `selector`",
            fix=Fix.remove(spec["selector"]),
        )
    elif cron and manual:
        yield Problem(
            spec["manualSelector"],
            f"the Jobs of {manifest.title} cannot have their own selector, so the API server"
            " rejects `manualSelector: true`",
            help="remove `manualSelector`",
            fix=Fix.remove(spec["manualSelector"]),
        )
    elif manual and not spec["selector"]:
        yield Problem(
            spec["manualSelector"],
            f"{manifest.title} says `manualSelector: true` but has no `selector`, so the API server"
            " rejects it",
            help="remove `manualSelector`, or add a `selector`",
        )
