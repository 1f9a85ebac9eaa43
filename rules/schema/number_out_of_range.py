from collections.abc import Iterator

from hslint import ERROR, WARNING, WORKLOADS, Manifest, Node, Problem, rule

_NO_LIMIT = 2**31
_COUNTS = ("replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")
_JOB_COUNTS = (
    *("parallelism", "completions", "backoffLimit", "ttlSecondsAfterFinished"),
    *("activeDeadlineSeconds", "backoffLimitPerIndex", "maxFailedIndexes"),
)
_CRON_COUNTS = ("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")
#: What a kind counts; all others that make pods have _COUNTS.
_COUNTED = {
    "Job": _JOB_COUNTS,
    "CronJob": _CRON_COUNTS,
    "StatefulSet": ("replicas", "minReadySeconds"),  # whose other number is not looked at
}
_FIELDS = (
    *("timeoutSeconds", "minReplicas", "maxReplicas", "start"),
    *(*_COUNTS, *_JOB_COUNTS, *_CRON_COUNTS),
)


@rule(ERROR, "Service", "HorizontalPodAutoscaler", WORKLOADS, fields=_FIELDS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A number is smaller or larger than its field takes.

    The API server rejects it: numbers of pods, of seconds and of ordinals are not negative, a
    client's session lasts from one second to a day, an autoscaler asks for one pod at least.

    Write a number of the range, or leave the field out.
    (Source: the validation packages of apps, autoscaling, batch and core.)

    ```yaml bad 1.27
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      replicas: -3  # error: `replicas` takes a number from 0 on, not -3
      ordinals:
        start: -1  # error: `start` takes a number from 0 on, not -1
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

    ```yaml bad
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
      minReplicas: 5
      maxReplicas: 3  # error: `maxReplicas` takes a number from 5 on, not 3
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      sessionAffinityConfig:
        clientIP:
          timeoutSeconds: 86400
    ```
    """
    history = manifest.spec.mapping.get("revisionHistoryLimit")
    if manifest.type == "StatefulSet" and type(history) is int and history < 0:
        yield Problem(
            manifest.spec["revisionHistoryLimit"],
            f"`revisionHistoryLimit` is negative, so {manifest.title} keeps all its revisions",
            help="write how many to keep",
            severity=WARNING,
        )
    for holder, field, low, high in _numbers(manifest):
        number = holder.mapping.get(field)
        if type(number) is not int or low <= number <= high:
            continue
        up = "on" if high == _NO_LIMIT else f"to {high}"
        yield Problem(
            holder[field],
            f"`{field}` takes a number from {low} {up}, not {number}, so the API server rejects"
            f" {manifest.title}",
            help=f"write `{field}: {low if number < low else high}`, or leave it out",
        )


def _numbers(manifest: Manifest) -> Iterator[tuple[Node, str, int, int]]:
    """Numbers, each by what holds it and its field, and the least and the largest they may be."""
    spec = manifest.spec
    if manifest.type == "Service" and "sessionAffinityConfig" in spec.mapping:
        yield spec["sessionAffinityConfig"]["clientIP"], "timeoutSeconds", 1, 86400
    elif manifest.type == "HorizontalPodAutoscaler":
        yield spec, "minReplicas", 0 if manifest.minor >= 37 else 1, _NO_LIMIT
        yield spec, "maxReplicas", max(1, spec["minReplicas"].integer or 1), _NO_LIMIT
    elif "." not in manifest.type and manifest.kind != "Pod":
        for field in _COUNTED.get(manifest.kind, _COUNTS):
            yield spec, field, _least(field, spec), _NO_LIMIT
        if manifest.kind == "CronJob":
            for field in _JOB_COUNTS:
                yield spec["jobTemplate"]["spec"], field, 0, _NO_LIMIT
        if manifest.minor >= 27 and "ordinals" in spec.mapping:
            yield spec["ordinals"], "start", 0, _NO_LIMIT


def _least(field: str, spec: Node) -> int:
    """The least number: a Deployment is late after it has been ready for long enough only."""
    if field == "progressDeadlineSeconds":
        return (spec["minReadySeconds"].integer or 0) + 1
    return 0
