from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, has_placeholder, rule

_FIELDS = ("podFailurePolicy", "backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")


@rule(ERROR, "Job", "CronJob", fields=_FIELDS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Job's policy for failed pods names no container of it, or has exit codes that cannot be.

    The API server rejects it. Such a policy goes with `restartPolicy: Never`. A rule is about exit
    codes or about conditions, not both; the codes are in order, each once, and 0 is no failure.
    Counting by index goes with `completionMode: Indexed`.

    Correct the rule.
    (Source: pkg/apis/batch/validation: validatePodFailurePolicy, validateJobSpec.)

    ```yaml bad
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: work
    spec:
      backoffLimitPerIndex: 2  # error: `backoffLimitPerIndex` goes with `completionMode: Indexed`
      podFailurePolicy:
        rules:
          - action: FailJob
            onExitCodes:
              containerName: main  # error: no container is called `main`
              operator: In
              values: [3, 1]  # error: the exit codes are not in order
      template:
        spec:
          restartPolicy: OnFailure  # error: `podFailurePolicy` goes with `restartPolicy: Never`
          containers:
            - name: work
              image: work:1
    ```

    ```yaml good
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: work
    spec:
      podFailurePolicy:
        rules:
          - action: FailJob
            onExitCodes:
              containerName: work
              operator: In
              values: [1, 3]
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: work
              image: work:1
    ```
    """
    spec = manifest.spec
    job = spec["jobTemplate"]["spec"] if manifest.type == "CronJob" else spec
    for node, what, help_ in _wrong(job):
        if not has_placeholder(node.string):
            yield Problem(node, f"{what}, so the API server rejects {manifest.title}", help=help_)


def _wrong(job: Node) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    indexed = job["completionMode"].string == "Indexed"
    for field in ("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"):
        if job[field] and not indexed:
            what = f"`{field}` goes with `completionMode: Indexed`"
            yield job[field], what, "write `completionMode: Indexed`, or leave it out"
    if job["maxFailedIndexes"] and not job["backoffLimitPerIndex"]:
        what = "`maxFailedIndexes` needs `backoffLimitPerIndex`"
        yield job["maxFailedIndexes"], what, "write `backoffLimitPerIndex`"
    if job["successPolicy"] and not job["successPolicy"]["rules"].value:
        yield job["successPolicy"], "`successPolicy` has no `rules`", "write one, or leave it out"
    policy, pod = job["podFailurePolicy"], job["template"]["spec"]
    if isinstance(policy.value, dict) and pod["restartPolicy"].string != "Never":
        at = pod["restartPolicy"]
        yield (
            at,
            "`podFailurePolicy` goes with `restartPolicy: Never`",
            "write `restartPolicy: Never`",
        )
    names = {c["name"].string for f in ("initContainers", "containers") for c in pod[f]}
    for entry in policy["rules"]:
        yield from _rule(entry, names)
        if entry["action"].string == "FailIndex" and not job["backoffLimitPerIndex"]:
            what = "`FailIndex` needs `backoffLimitPerIndex`"
            yield entry["action"], what, "write `backoffLimitPerIndex` under `spec`"


def _rule(entry: Node, names: set[str]) -> Iterator[tuple[Node, str, str]]:
    codes, conditions = entry["onExitCodes"], entry["onPodConditions"]
    if codes and conditions.value:
        yield entry, "a rule has `onExitCodes` or `onPodConditions`, not both", "make two of it"
    elif not codes and not conditions.value:
        yield entry, "a rule needs `onExitCodes` or `onPodConditions`", "write one of them"
    if not codes:
        return
    name = codes["containerName"]
    if isinstance(name.value, str) and name.string not in names:
        yield name, f"no container is called `{name.string}`", "write the name of a container"
    values = codes["values"]
    numbers = [value.integer or 0 for value in values]
    if not numbers:
        yield codes, "`values` has no exit codes", "write the exit codes"
    for number, value in enumerate(values):
        if numbers[number] in numbers[:number]:
            yield value, f"the exit code {numbers[number]} is there twice", "leave one of them out"
        if numbers[number] == 0 and codes["operator"].string == "In":
            yield value, "the exit code 0 is no failure", "leave it out"
    if numbers != sorted(numbers):
        yield values, "the exit codes are not in order", "write the smaller ones first"
