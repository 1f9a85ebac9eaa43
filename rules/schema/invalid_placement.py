from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)


@rule(
    ERROR,
    WORKLOADS,
    fields=("nodeSelector", "tolerations", "topologyKey", "image", "schedulingGates"),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A node selector, toleration or constraint is none, or an image has a blank beside it.

    The API server rejects it. What selects nodes are labels; `operator: Exists` takes no value;
    seconds go with `effect: NoExecute`; two constraints do not share a `topologyKey` and
    `whenUnsatisfiable`, and `minDomains` goes with `DoNotSchedule`; a pod with scheduling gates has
    no node yet.

    Correct it.
    (Source: pkg/apis/core/validation: ValidatePodSpec, ValidateTolerations,
    validateTopologySpreadConstraints, validateContainerCommon.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      nodeSelector:
        disk: fast ssd  # error: `fast ssd` cannot be the value of a label
      tolerations:
        - key: spot
          operator: Exists
          value: "true"  # error: `operator: Exists` takes no value
      containers:
        - name: web
          image: "nginx:1.29 "  # error: has a blank beside it
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      nodeSelector:
        disk: fast
      tolerations:
        - key: spot
          operator: Exists
          effect: NoExecute
          tolerationSeconds: 60
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        for node, what, help_ in _wrong(pods):
            late = node.path[-1] == "image" and manifest.type != "Pod"  # templates may have it
            result = f"so no pod of {manifest.title} can be created" if late else pods.rejection
            if not has_placeholder(node.string):
                yield Problem(node, f"{what}, {result}", help=help_)


def _wrong(pods: Pods) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    spec, written = pods.spec, pods.spec.mapping
    for container, field, number in pods.plain_containers:
        image = container.get("image")
        if isinstance(image, str) and image != image.strip() and field != "ephemeralContainers":
            at = spec[field][number]["image"]
            yield at, f"image `{image}` has a blank beside it", f"write `{image.strip()}`"
    for key, value in spec["nodeSelector"].items() if "nodeSelector" in written else ():
        if reason := formats.label_key(key):
            yield (
                value.key,
                f"`{key}` cannot be the key of a label: {reason}",
                "write a label of nodes",
            )
        elif reason := formats.label_value(value.string):
            what = f"`{value.string}` cannot be the value of a label: {reason}"
            yield value, what, "write a label of nodes"
    for toleration in spec["tolerations"] if "tolerations" in written else ():
        yield from _toleration(toleration)
    if "topologySpreadConstraints" in written:
        yield from _constraints(spec)
    if "schedulingGates" in written:
        yield from _gates(spec)


def _constraints(spec: Node) -> Iterator[tuple[Node, str, str]]:
    seen = set()
    for constraint in spec["topologySpreadConstraints"]:
        pair = constraint["topologyKey"].string, constraint["whenUnsatisfiable"].string
        if pair in seen and all(pair):
            yield (
                constraint,
                f"there are two constraints for `{pair[0]}`",
                "make one of them",
            )
        seen.add(pair)
        if constraint["minDomains"] and pair[1] != "DoNotSchedule":
            at = constraint["minDomains"]
            yield at, "`minDomains` goes with `whenUnsatisfiable: DoNotSchedule`", "leave it out"


def _gates(spec: Node) -> Iterator[tuple[Node, str, str]]:
    names = set()
    for gate in spec["schedulingGates"]:
        if gate["name"].string in names:
            yield gate, f"the gate `{gate['name'].string}` is there twice", "leave one out"
        names.add(gate["name"].string)
    if names and spec["nodeName"].string and spec.path[:1] == ("spec",) and len(spec.path) == 1:
        yield spec["nodeName"], "a pod with scheduling gates has no node yet", "leave it out"


def _toleration(toleration: Node) -> Iterator[tuple[Node, str, str]]:
    key, operator = toleration["key"], toleration["operator"].string or "Equal"
    value, effect = toleration["value"], toleration["effect"]
    if key.string and (reason := formats.label_key(key.string)):
        yield key, f"`{key.string}` cannot be the key of a taint: {reason}", "write a taint's key"
    if not key.string and operator != "Exists":
        yield (
            toleration,
            "a toleration of all keys needs `operator: Exists`",
            "write `operator: Exists`",
        )
    if operator == "Exists" and value.string:
        yield value, "`operator: Exists` takes no value", "leave it out"
    elif operator == "Equal" and (reason := formats.label_value(value.string)):
        yield (
            value,
            f"`{value.string}` cannot be the value of a taint: {reason}",
            "write a taint's value",
        )
    if toleration["tolerationSeconds"] and effect.string != "NoExecute":
        at = effect or toleration["tolerationSeconds"]
        yield (
            at,
            "`tolerationSeconds` goes with `effect: NoExecute` only",
            "write `effect: NoExecute`",
        )
