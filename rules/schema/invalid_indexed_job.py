from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, formats, rule

_MOST = 100_000


@rule(ERROR, "Job", "CronJob", fields=("completionMode",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An Indexed Job does not say how many pods it has, or their names get too long.

    The API server rejects it. The pods of an Indexed Job are numbered from 0 to `completions` - 1,
    and each has the name of the Job with its number as its host name: a single DNS label of at most
    63 characters.

    Write `completions`, or shorten the name of the Job.
    (Source: pkg/apis/batch/validation: ValidateJob, validateJobSpec.)

    ```yaml bad
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: train
    spec:
      completionMode: Indexed  # error: Job `train` has no `completions`
      parallelism: 4
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: train
              image: example.com/train:1.4
    ```

    ```yaml bad
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: train.v2  # error: `train.v2-3` cannot be the host name of a pod
    spec:
      completionMode: Indexed
      completions: 4
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: train
              image: example.com/train:1.4
    ```

    ```yaml good
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: train
    spec:
      completionMode: Indexed
      completions: 4
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: train
              image: example.com/train:1.4
    ```
    """
    job = manifest.spec["jobTemplate"]["spec"] if manifest.kind == "CronJob" else manifest.spec
    if job["completionMode"].string != "Indexed":
        return
    pods = job["completions"].integer
    # Where a Job has neither, both are 1 (pkg/apis/batch/v1: SetDefaults_Job); not in a CronJob.
    several = manifest.kind == "CronJob" or job["parallelism"]
    most = job["parallelism"]
    if (most.integer or 0) > _MOST:
        yield Problem(
            most,
            f"an Indexed Job runs at most {_MOST} pods at once, so the API server rejects"
            f" {manifest.title}",
            help=f"write `parallelism: {_MOST}`, or fewer",
        )
    if not job["completions"] and several:
        yield Problem(
            job["completionMode"],
            f"{manifest.title} has no `completions`, which `completionMode: Indexed` needs, so the"
            " API server rejects it",
            help="write `completions` with the number of pods",
        )
    elif (
        pods
        and manifest.kind == "Job"
        and (reason := formats.dns_label(f"{manifest.name}-{pods - 1}"))
    ):
        yield Problem(
            manifest["metadata"]["name"],
            f"`{manifest.name}-{pods - 1}` cannot be the host name of a pod: {reason}, so the API"
            f" server rejects {manifest.title}",
            related=((job["completions"], "the pods are numbered up to this"),),
            help="shorten the name, and write `-` for `.`",
        )
