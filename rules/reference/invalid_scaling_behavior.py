from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, rule

_POLICIES = (("value", 2**31), ("periodSeconds", 1800))
_WINDOW = 3600


@rule(ERROR, "HorizontalPodAutoscaler", fields=("behavior",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An autoscaler scales by a policy that cannot be: none at all, no pods, or over too long.

    The API server rejects it: a policy has a number above 0 and looks back at most 1800 seconds;
    scaling waits for an hour at most.

    Write such a number, or leave the policies out for the usual ones.
    (Source: pkg/apis/autoscaling/validation: validateScalingRules, validateScalingPolicy.)

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
      maxReplicas: 3
      behavior:
        scaleUp:
          policies: []  # error: `policies` is empty
        scaleDown:
          policies:
            - type: Pods
              value: 1
              periodSeconds: 7200  # error: `periodSeconds` takes a number from 1 to 1800
    ```

    ```yaml good
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
      maxReplicas: 3
      behavior:
        scaleDown:
          stabilizationWindowSeconds: 300
    ```
    """
    for way in ("scaleUp", "scaleDown"):
        for node, what, help_ in _behavior(manifest.spec["behavior"][way]):
            yield Problem(node, f"{what}, so the API server rejects {manifest.title}", help=help_)


def _behavior(rules: Node) -> Iterator[tuple[Node, str, str]]:
    if rules.mapping.get("policies") == []:
        yield rules["policies"], "`policies` is empty", "leave it out for the usual ones"
    window = rules["stabilizationWindowSeconds"]
    if window.integer is not None and not 0 <= window.integer <= _WINDOW:
        name = "stabilizationWindowSeconds"
        yield window, f"`{name}` takes a number from 0 to {_WINDOW}", f"write at most {_WINDOW}"
    for policy in rules["policies"]:
        for field, most in _POLICIES:
            number = policy[field].integer
            if number is not None and not 1 <= number <= most:
                up = f"to {most}" if most < 2**31 else "on"
                yield policy[field], f"`{field}` takes a number from 1 {up}", "write another number"
