from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, pods_of, rule

_MOST_RULES, _MOST_CODES = 20, 255


@rule(ERROR, WORKLOADS, fields=("restartPolicyRules", "resizePolicy"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """What restarts a container, or resizes it, is said twice or not at all.

    The API server rejects it: `restartPolicyRules` need a `restartPolicy` of the same container, a
    `resizePolicy` is about `cpu` and `memory`, once each, and where a pod never restarts, nothing
    can be resized by a restart.

    Correct it.
    (Source: pkg/apis/core/validation: validateContainerRestartPolicy, validateResizePolicy.)

    ```yaml bad 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          restartPolicyRules:  # error: `restartPolicyRules` need a `restartPolicy`
            - action: Restart
              exitCodes: {operator: In, values: [42]}
          resizePolicy:
            - {resourceName: cpu, restartPolicy: NotRequired}
            - {resourceName: cpu, restartPolicy: NotRequired}  # error: `cpu` is there twice
    ```

    ```yaml good 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          restartPolicy: Never
          restartPolicyRules:
            - action: Restart
              exitCodes: {operator: In, values: [42]}
    ```
    """
    for pods in pods_of(manifest):
        never = pods.spec["restartPolicy"].string == "Never"
        for plain, field, number in pods.plain_containers:
            if not plain.keys() & {"restartPolicyRules", "resizePolicy"}:
                continue
            container = pods.spec[field][number]
            init = field == "initContainers" and manifest.minor >= 36
            wrong = [*_rules(container)] if manifest.minor >= 35 else []
            if manifest.minor >= 33:  # before, the field is dropped
                wrong += _resizing(container, never=never, init=init)
            for node, what, help_ in wrong:
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _rules(container: Node) -> Iterator[tuple[Node, str, str]]:
    rules = container["restartPolicyRules"]
    if rules.value and not container["restartPolicy"]:
        what = "`restartPolicyRules` need a `restartPolicy`"
        yield rules.key, what, "write `restartPolicy: Never`"
    if isinstance(rules.value, list) and len(rules.value) > _MOST_RULES:
        yield rules, f"{len(rules.value)} rules are more than {_MOST_RULES}", "leave some out"
    for each in rules:
        codes = each["exitCodes"]["values"]
        if isinstance(codes.value, list) and len(codes.value) > _MOST_CODES:
            yield codes, f"{len(codes.value)} codes are more than {_MOST_CODES}", "leave some out"


def _resizing(container: Node, *, never: bool, init: bool) -> Iterator[tuple[Node, str, str]]:
    seen = set()
    sidecar = container["restartPolicy"].string == "Always"
    for policy in container["resizePolicy"]:
        name, how = policy["resourceName"].string, policy["restartPolicy"]
        if name and name in seen:
            yield policy, f"`{name}` is there twice", "leave one of them out"
        seen.add(name)
        if how.string == "RestartContainer" and (never or (init and not sidecar)):
            what = "a container that does not restart cannot be resized by `RestartContainer`"
            yield how, what, "write `NotRequired`"
