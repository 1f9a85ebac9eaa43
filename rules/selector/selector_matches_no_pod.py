from collections.abc import Iterator

from hslint import (
    INFO,
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    PlainLabels,
    Problem,
    Selector,
    World,
    has_placeholder,
    is_alias,
    map_selector,
    namesakes,
    near_misses,
    rule,
)

#: Where in the selector, where at the pods and why, what to write, and whether it is a mistake.
_Miss = tuple[Node, tuple[tuple[Node, str], ...], str, Fix | None, bool]


@rule(WARNING, "Service", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service selects labels that no pods of its namespace carry.

    It has no endpoints: connections fail, the name of a headless Service does not resolve. Pods
    carry the labels of `spec.template.metadata.labels`, not those of the workload's own metadata.

    Make the selector and the labels of the pods agree, in every key and value.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
        tier: front  # warning: no pods in the files given carry `app=web,tier=front`
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
        tier: frontend
    spec:
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
        tier: frontend
    spec:
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    if world.selected_by(manifest):
        return
    node = manifest.spec["selector"]
    selector = map_selector(node)
    if not selector or len(selector.equal) < len(node.mapping) or has_placeholder(node.value):
        return
    if is_alias(manifest):
        return
    if _is_said_elsewhere(manifest, selector, world):
        return
    at, related, help_, fix, likely = _near_miss(manifest, selector, world)
    severity = world.absence(manifest, "pods")
    if severity is WARNING and not likely:
        severity = INFO  # the pods, or the label, may well come from elsewhere
    yield Problem(
        at,
        f"no pods in the files given carry `{selector}`, so {manifest.title} has no endpoints",
        related=related,
        help=help_,
        fix=fix,
        severity=severity,
    )


def _is_said_elsewhere(service: Manifest, selector: Selector, world: World) -> bool:
    """Whether a rule speaks of it at the workload."""
    for pods in world.pods_beside(service):
        own = pods.owner.spec["selector"]["matchLabels"].strings
        if selector.matches(PlainLabels(own)):
            return True  # selector-misses-own-pods: the template lacks it
    for pods in world.naming(service):
        elsewhere = pods in world.select_elsewhere(selector, service)
        if elsewhere and pods.owner.kind == "StatefulSet" and not world.governing(pods):
            return True  # governing-service-in-other-namespace
    for pods in world.governed_by(service):
        if pods.owner.type == "StatefulSet" and pods.labels:
            selectors = [map_selector(s.spec["selector"]) for s in world.governing(pods)]
            if not any(s.matches(pods) for s in selectors):
                return True  # governing-service-selects-other-pods
    return False


def _near_miss(service: Manifest, selector: Selector, world: World) -> _Miss:
    """The pods that the selector just misses."""
    node, beside = service.spec["selector"], world.pods_beside(service)
    for pods in beside:
        if selector.matches(PlainLabels(pods.owner.labels)):
            related = (pods.owner["metadata"]["labels"], "labels of the workload, not of its pods")
            help_ = f"put them under `template.metadata` of {pods.owner.title} too"
            return node, (related,), help_, None, True
    for pods in world.select_elsewhere(selector, service).nearest(service).pods[:1]:
        namespace = pods.owner.namespace
        sentence = f"the pods of {pods.owner.title} carry it, in namespace `{namespace}`"
        help_ = f"write `namespace: {namespace}`, since a Service selects in its own namespace only"
        return node, ((pods.labels_node, sentence),), help_, None, True
    for best in near_misses(selector, beside, service.name)[:1]:
        help_ = f"label the pods `{best.key}: {selector.equal[best.key]}`"
        if best.instead:
            value = best.pods.labels[best.instead]
            help_ = f"write `{best.instead}: {value}` in the selector, or {help_}"
        owner = best.pods.owner
        likely = (
            best.alike
            or namesakes(owner.name, service.name)
            or not world.services_selecting(best.pods)
        )
        if not best.instead and owner.kind == "StatefulSet":
            likely = False  # its programs often label their own pods: the leader, a member's number
        return node[best.key].entry, ((best.at, best.sentence),), help_, best.fix(node), likely
    return node, (), "select labels that the pods carry", None, False
