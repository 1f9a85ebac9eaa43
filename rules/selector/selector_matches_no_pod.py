from collections.abc import Iterator

from hslint import (
    INFO,
    WARNING,
    Manifest,
    Node,
    PlainLabels,
    Problem,
    Selector,
    World,
    has_placeholder,
    map_selector,
    near_misses,
    rule,
)

#: Where in the selector, where at the pods and why, what to write, and whether it is a mistake.
_Miss = tuple[Node, tuple[tuple[Node, str], ...], str, bool]


@rule(WARNING, "Service")
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
    node = manifest.spec["selector"]
    selector = map_selector(node)
    if not selector or len(selector.equal) < len(node.mapping) or has_placeholder(node.value):
        return
    if manifest.spec["type"].string == "ExternalName" or world.selected_by(manifest):
        return
    if _is_governing(manifest, world) or _is_in_other_namespace(manifest, selector, world):
        return  # governing-service-selects-other-pods and -in-other-namespace say so
    at, related, help_, likely = _near_miss(manifest, selector, world)
    severity = world.absence(manifest, "pods")
    if severity is WARNING and not likely:
        severity = INFO  # the pods, or the label, may well come from elsewhere
    yield Problem(
        at,
        f"no pods in the files given carry `{selector}`: {manifest.title} has no endpoints",
        related=related,
        help=help_,
        severity=severity,
    )


def _is_governing(service: Manifest, world: World) -> bool:
    """Whether a StatefulSet names the Service, and no Service of that name selects its pods."""
    return any(
        pods.owner.type == "StatefulSet"
        and pods.labels
        and not any(
            map_selector(each.spec["selector"]).matches(pods) for each in world.governing(pods)
        )
        for pods in world.governed_by(service)
    )


def _is_in_other_namespace(service: Manifest, selector: Selector, world: World) -> bool:
    """Whether a StatefulSet of another namespace names the Service, and none of its own."""
    return any(
        pods.owner.spec["serviceName"].string == service.name and not world.governing(pods)
        for pods in world.select_elsewhere(selector, service)
    )


def _near_miss(service: Manifest, selector: Selector, world: World) -> _Miss:
    """The pods that the selector just misses, or that stand beside it without any Service."""
    node = service.spec["selector"]
    beside = world.pods_beside(service)
    for pods in beside:
        if selector.matches(PlainLabels(pods.owner.labels)):
            related = (pods.owner["metadata"]["labels"], "these are no labels of the pods")
            help_ = f"put them under `template.metadata` of {pods.owner.title} too"
            return node, (related,), help_, True
    for pods in world.select_elsewhere(selector, service)[:1]:
        namespace = pods.owner.namespace
        sentence = f"the pods of {pods.owner.title} carry it, in namespace `{namespace}`"
        help_ = f"a Service selects in its own namespace only: write `namespace: {namespace}`"
        return node, ((pods.labels_node, sentence),), help_, True
    for best in near_misses(selector, beside, service.name)[:1]:
        help_ = f"label the pods `{best.key}: {selector.equal[best.key]}`"
        if best.instead:
            value = best.pods.labels[best.instead]
            help_ = f"write `{best.instead}: {value}` in the selector, or {help_}"
        owner = best.pods.owner
        likely = best.alike or owner.name == service.name or not world.services_selecting(best.pods)
        # What runs in a StatefulSet often labels its own pods: the leader, the number of a member.
        likely = likely and (bool(best.instead) or owner.kind != "StatefulSet")
        return node[best.key].entry, ((best.at, best.sentence),), help_, likely
    help_ = "select labels that the pods carry"
    for pods in beside:
        if pods.owner.file == service.file and not world.services_selecting(pods):
            sentence = f"no Service selects the pods of {pods.owner.title}"
            return node, ((pods.labels_node, sentence),), help_, True
    return node, (), help_, False
