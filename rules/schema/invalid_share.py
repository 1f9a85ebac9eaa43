from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, has_placeholder, rule


@rule(
    ERROR,
    "Deployment",
    "DaemonSet",
    "PodDisruptionBudget",
    fields=("maxSurge", "maxUnavailable", "minAvailable"),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A number or share of pods is none: `half`, `1.5%`, `-1`, more than all, or none at all.

    The API server rejects it. Such a field takes a whole number, or a whole percentage like `25%`;
    a number in quotes is neither. No more than all pods can be unavailable, and an update that may
    neither add a pod nor take one away cannot begin. A Deployment that recreates its pods takes
    none.

    Write a number, or a percentage.
    (Sources: pkg/apis/apps/validation: ValidateRollingUpdateDeployment,
    ValidateRollingUpdateDaemonSet; pkg/apis/policy/validation: ValidatePodDisruptionBudgetSpec.)

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      strategy:
        rollingUpdate:
          maxSurge: "1"  # error: `1` is neither a number nor a percentage
          maxUnavailable: -1  # error: `-1` is negative
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```

    ```yaml bad
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      updateStrategy:
        rollingUpdate:
          maxUnavailable: 0%  # error: no pod may be added and none taken away
      selector: {matchLabels: {app: agent}}
      template:
        metadata: {labels: {app: agent}}
        spec:
          containers:
            - name: agent
              image: agent:1
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      strategy:
        rollingUpdate:
          maxSurge: 200%
          maxUnavailable: 0
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```
    """
    rejected = f"so the API server rejects {manifest.title}"
    spec = manifest.spec
    if manifest.type == "PodDisruptionBudget":
        nodes = [spec["minAvailable"], spec["maxUnavailable"]]
    else:
        rolling = spec["strategy" if manifest.type == "Deployment" else "updateStrategy"][
            "rollingUpdate"
        ]
        nodes = [rolling["maxSurge"], rolling["maxUnavailable"]]
        if spec["strategy"]["type"].string == "Recreate" and rolling:
            yield Problem(
                rolling.key,
                f"`rollingUpdate` does not go with `type: Recreate`, {rejected}",
                help="leave it out",
            )
    wrong = [(node, _wrong(node, nodes, manifest.type)) for node in nodes]
    for node, what in wrong:
        if what and not has_placeholder(node.string):
            yield Problem(node, f"{what}, {rejected}", help="write a number, or a percentage")
    if manifest.type != "PodDisruptionBudget" and not any(what for _, what in wrong):
        yield from _together(manifest, *nodes)


def _wrong(node: Node, nodes: list[Node], kind: str) -> str:
    """Why a node is no share of pods, or ""."""
    value = node.value
    if isinstance(value, int):
        return f"`{value}` is negative" if value < 0 else ""
    if not isinstance(value, str):
        return ""
    number = value.removesuffix("%")
    if number == value or not (number.isascii() and number.isdecimal()):
        return f"`{value}` is neither a number nor a percentage"
    most = node is nodes[1] or kind == "DaemonSet"
    if kind != "PodDisruptionBudget" and most and int(number) > 100:  # invalid-budget says so
        return f"`{value}` is more than all pods"
    return ""


def _together(manifest: Manifest, surge: Node, gone: Node) -> Iterator[Problem]:
    """A Deployment may do one or the other, or both; a DaemonSet just one of the two."""
    rejected = f"so the API server rejects {manifest.title}"
    deployment = manifest.type == "Deployment"
    added = _number(surge, 1 if deployment else 0)  # 25% by default, which is not 0
    away = _number(gone, 1)
    node = gone if gone.value is not None else surge
    if not added and not away:
        yield Problem(
            node,
            f"no pod may be added and none taken away, {rejected}",
            help="allow `maxSurge` or `maxUnavailable` at least one pod",
        )
    elif added and away and not deployment:
        yield Problem(
            surge,
            f"a DaemonSet takes `maxSurge` or `maxUnavailable`, not both, {rejected}",
            help="write `maxUnavailable: 0`",
        )


def _number(node: Node, default: int) -> int:
    """The number or percentage; both are 0 at the same time only."""
    if node.value is None:
        return default
    return node.integer if node.integer is not None else int(node.string.removesuffix("%") or 0)
