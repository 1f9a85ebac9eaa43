from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    label_selector,
    map_selector,
    pods_of,
    rule,
)


@rule(
    ERROR,
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "Job",
    fixes=(UNSAFE,),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A workload's selector does not match the labels of its own pod template.

    The API server rejects it: the controller would make pods that it does not find again.

    Write the same label in `spec.selector.matchLabels` and in `spec.template.metadata.labels`. Mind
    that the selector of what is already deployed cannot be changed: change the template's label.

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web  # error: selects `app=web`, but its own pods carry `app=wbe`
      template:
        metadata:
          labels:
            app: wbe
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```

    ```yaml good
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
            tier: frontend
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```
    """
    # Sources: pkg/apis/apps/validation: ValidateDeploymentSpec and its like; pkg/apis/core/
    # validation: ValidatePodTemplateSpecForRC; pkg/apis/batch/validation: validateJobSpec.
    if manifest.kind == "Job" and manifest.spec["manualSelector"].value is not True:
        return  # job-with-own-selector says so
    plain = manifest.kind == "ReplicationController"
    for pods in pods_of(manifest):
        if not _surely_selects(manifest.spec.mapping.get("selector"), pods, plain=plain):
            yield from _check(manifest, pods, plain=plain)


def _surely_selects(selector: object, pods: Pods, *, plain: bool) -> bool:
    """Whether all labels selected are there just so, as nearly always."""
    if not isinstance(selector, dict) or "matchExpressions" in selector:
        return False
    pairs = selector if plain else selector.get("matchLabels")
    labels = pods.labels_node.value
    return isinstance(pairs, dict) and isinstance(labels, dict) and pairs.items() <= labels.items()


def _check(manifest: Manifest, pods: Pods, *, plain: bool) -> Iterator[Problem]:
    node = manifest.spec["selector"]
    selector = map_selector(node) if plain else label_selector(node)
    pairs = node if plain else node["matchLabels"]
    labels = pods.labels_node
    if labels.value is not None and len(labels.strings) < len(labels.mapping):
        return  # a label that is no string is the schema's
    unmet = selector.unmet(pods.written_labels)
    if not unmet:
        return
    key = unmet[0]
    label = labels[key]
    # The API server sees the template only: labels a controller adds later do not count.
    wanted = f"{key}={selector.equal[key]}" if key in selector.equal else str(selector)
    carried = f"carry `{key}={label.string}`" if label else f"carry no label `{key}`"
    if label and key in selector.equal:
        help_ = f"write `{key}: {selector.equal[key]}` in the template, or the other way round"
    else:
        help_ = "add the label to `spec.template.metadata.labels`"
    yield Problem(
        pairs[key].entry if key in selector.equal else node,
        f"{manifest.title} selects `{wanted}`, but its own pods {carried}, so the API server"
        " rejects it",
        related=((label.entry if label else labels, f"the pods {carried}"),),
        help=help_,
        fix=_fix(manifest, pairs, labels, key) if len(unmet) == 1 else None,
    )


def _fix(manifest: Manifest, pairs: Node, labels: Node, key: str) -> Fix | None:
    selected, carried = pairs[key].string, labels[key].string
    if not selected:
        return None
    # Whichever of the two the object itself is labelled with is meant; else that of the pods.
    if not carried or manifest.labels.get(key) == selected:
        return Fix.put(labels, key, selected)
    return Fix.write(pairs[key], carried)
