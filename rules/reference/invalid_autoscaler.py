from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, has_placeholder, rule

_WAYS = {
    "Resource": "resource",
    "ContainerResource": "containerResource",
    "Pods": "pods",
    "Object": "object",
    "External": "external",
}


@rule(ERROR, "HorizontalPodAutoscaler")
def check(manifest: Manifest) -> Iterator[Problem]:
    """An autoscaler measures nothing, two things as one, or has no target that can be.

    The API server rejects it: a metric of `type: Resource` has a `resource` and nothing else, and a
    target; what is scaled is named by its kind and name.

    Write one metric for each thing measured.
    (Source: pkg/apis/autoscaling/validation: validateMetricSpec,
    ValidateCrossVersionObjectReference.)

    ```yaml bad
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: apps/Deployment  # error: `kind` cannot be `apps/Deployment`
        name: web
      maxReplicas: 3
      metrics:
        - type: Resource  # error: a metric of type Resource needs `resource`
        - type: Resource
          resource:
            name: cpu
            target:  # error: the target has no `averageUtilization` and no `averageValue`
              type: Utilization
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
      metrics:
        - type: Resource
          resource:
            name: cpu
            target:
              type: Utilization
              averageUtilization: 60
    ```
    """
    for node, what, help_ in (*_wrong(manifest.spec), *_group(manifest)):
        if not has_placeholder(node.string):
            yield Problem(node, f"{what}, so the API server rejects {manifest.title}", help=help_)


def _wrong(spec: Node) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    target = spec["scaleTargetRef"]
    yield from _segments(target, ("kind", "name"))
    version = target["apiVersion"]
    if version.string.count("/") > 1:
        yield version, f"`apiVersion` cannot be `{version.string}`", "write GROUP/VERSION"
    yield from _share(spec, "targetCPUUtilizationPercentage")  # of autoscaling/v1
    for metric in spec["metrics"]:
        yield from _metric(metric)
    scalable = any(m["type"].string in ("Object", "External") for m in spec["metrics"])
    if spec["minReplicas"].integer == 0 and spec["metrics"] and not scalable:
        what = "without an Object or External metric nothing is scaled from 0"
        yield spec["metrics"], what, "write `minReplicas: 1`"


def _share(node: Node, field: str) -> Iterator[tuple[Node, str, str]]:
    share = node.mapping.get(field)
    if type(share) is int and share < 1:
        yield node[field], f"`{field}` is not above 0", "write a percentage"


def _group(manifest: Manifest) -> Iterator[tuple[Node, str, str]]:
    """A target without a group, since 1.34; scale-target-wrong-group says it of known kinds."""
    target = manifest.spec["scaleTargetRef"]
    if manifest.minor >= 34 and target and "/" not in target["apiVersion"].string:
        kind = target["kind"].string
        if kind not in ("Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"):
            yield (
                target["apiVersion"],
                f"there is no {kind} to scale in the core group",
                "write GROUP/VERSION",
            )


def _metric(metric: Node) -> Iterator[tuple[Node, str, str]]:
    kind = metric["type"].string
    wanted = _WAYS.get(kind)
    written = [way for way in _WAYS.values() if metric.mapping.get(way) is not None]
    if wanted and wanted not in written:
        yield metric, f"a metric of type {kind} needs `{wanted}`", f"write `{wanted}`"
    for way in written:
        if wanted and way != wanted:
            yield metric[way], f"`{way}` is not for a metric of type {kind}", "leave it out"
    for way in written[:1]:
        yield from _source(metric[way], way)


def _source(source: Node, way: str) -> Iterator[tuple[Node, str, str]]:
    if "metric" in source.mapping:
        yield from _segments(source["metric"], ("name",))
    if way == "object":
        yield from _segments(source["describedObject"], ("kind", "name"))
    if source.mapping.get("name") == "":
        yield source["name"], "`name` is empty", "write the name of a resource"
    target = source["target"]
    fields = {
        "resource": ("averageUtilization", "averageValue"),
        "containerResource": ("averageUtilization", "averageValue"),
        "pods": ("averageValue",),
    }.get(way, ("value", "averageValue"))
    given = [field for field in fields if target.mapping.get(field) is not None]
    if isinstance(target.value, dict) and not given:
        names = " and no ".join(f"`{field}`" for field in fields)
        yield target, f"the target has no {names}", f"write `{fields[0]}`"
    elif len(given) > 1 and way != "object":
        what = f"the target has both `{given[0]}` and `{given[1]}`"
        yield target[given[0]], what, "leave one of them out"
    yield from _share(target, "averageUtilization")


def _segments(reference: Node, fields: tuple[str, ...]) -> Iterator[tuple[Node, str, str]]:
    """What cannot be a part of a URL (k8s.io/apimachinery: IsPathSegmentName), or is empty."""
    for field in fields:
        text = reference.mapping.get(field)
        if not isinstance(text, str):
            continue
        if not text:
            yield reference[field], f"`{field}` is empty", f"write the {field}"
        elif "/" in text or "%" in text or text in (".", ".."):
            what = f"`{field}` cannot be `{text}`"
            yield reference[field], what, "write it without `/` and `%`"
