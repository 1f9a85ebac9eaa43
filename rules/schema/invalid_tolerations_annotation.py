from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Problem, formats, has_placeholder, pods_of, rule

_ANNOTATION = "scheduler.alpha.kubernetes.io/tolerations"
_EFFECTS = ("", "NoSchedule", "PreferNoSchedule", "NoExecute")
_TEXTS = ("key", "operator", "value", "effect")


@rule(ERROR, WORKLOADS, fields=(_ANNOTATION,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The annotation for tolerations holds none.

    Nothing reads `scheduler.alpha.kubernetes.io/tolerations` any more, but the API server still
    rejects a pod where it is no list of tolerations in JSON.

    Remove it, and write `tolerations` under the pod's `spec`.
    (Source: pkg/apis/core/validation: ValidateTolerationsInPodAnnotations.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations:
        scheduler.alpha.kubernetes.io/tolerations: '{"key": "spot"}'  # error: this is no list
    spec:
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      tolerations:
        - key: spot
          operator: Exists
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        node = pods.template["metadata"]["annotations"][_ANNOTATION]
        if not node.string or has_placeholder(node.string):
            continue
        if reason := _list(node.string):
            yield Problem(
                node,
                f"the tolerations in this annotation are none: {reason}, {pods.rejection}",
                help="remove it, and write `tolerations` under the pod's `spec`",
            )


def _list(text: str) -> str:
    """Why *text* is no list of tolerations in JSON."""
    import json  # slow to import, and the annotation is rare

    try:
        listed = json.loads(text, parse_constant=int)  # NaN is none of JSON's, nor of int's
    except (ValueError, RecursionError):
        return "this is no JSON"
    if listed is not None and not isinstance(listed, list):
        return "this is no list"
    for item in listed or ():
        if item is not None and not isinstance(item, dict):
            return "an item of it is no mapping"
        if reason := _toleration(item or {}):
            return reason
    return ""


def _toleration(item: dict[str, object]) -> str:
    fields = {name.lower(): value for name, value in item.items() if value is not None}
    for name in _TEXTS:
        if not isinstance(fields.get(name, ""), str):
            return f"`{name}` is no text"
    seconds = fields.get("tolerationseconds", 0)
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return "`tolerationSeconds` is no number"
    key, operator, value, effect = (str(fields.get(name, "")) for name in _TEXTS)
    if effect not in _EFFECTS:
        return f"there is no effect `{effect}`"
    if "tolerationseconds" in fields and effect != "NoExecute":
        return "`tolerationSeconds` goes with `effect: NoExecute` only"
    return _matching(key, operator, value)


def _matching(key: str, operator: str, value: str) -> str:
    """Why a toleration can match no taint."""
    if key and (reason := formats.label_key(key)):
        return f"`{key}` cannot be the key of a taint: {reason}"
    if operator not in ("", "Equal", "Exists"):
        return f"there is no operator `{operator}`"
    if operator == "Exists":
        return "`operator: Exists` takes no value" if value else ""
    if not key:
        return "one of all keys needs `operator: Exists`"
    reason = formats.label_value(value)
    return f"`{value}` cannot be the value of a taint: {reason}" if reason else ""
