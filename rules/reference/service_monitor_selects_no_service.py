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
    are_beside,
    closest,
    label_selector,
    looks_in,
    namesakes,
    rule,
)

#: Where in the selector, where else and why, what to write, and whether it is a mistake.
_Miss = tuple[Node, tuple[tuple[Node, str], ...], str, bool]


@rule(WARNING, "ServiceMonitor.monitoring.coreos.com")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A ServiceMonitor selects no Service.

    Prometheus then scrapes nothing, and nothing says so. A ServiceMonitor selects by the labels in
    the `metadata` of Services, not by those of pods; and without `namespaceSelector` only in its
    own namespace.

    Select labels that the Service carries, or label the Service.
    (Source: prometheus-operator, pkg/prometheus/promcfg.go.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app.kubernetes.io/name: web
    spec:
      selector:
        app: web
      ports:
        - name: metrics
          port: 9113
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web  # warning: no Service in the files given has the labels `app=web`
      endpoints:
        - port: metrics
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      selector:
        app: web
      ports:
        - name: metrics
          port: 9113
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      endpoints:
        - port: metrics
    ```
    """
    selector = label_selector(manifest.spec["selector"])
    if not selector or world.monitored_by(manifest):
        return
    at, related, help_, likely = _near_miss(manifest, selector, world)
    severity = world.absence(manifest, "Service")
    if severity is WARNING and not likely:
        severity = INFO  # what it is for may well be written elsewhere
    yield Problem(
        at,
        f"no Service in the files given has the labels `{selector}`, so {manifest.title} scrapes"
        " nothing",
        related=related,
        help=help_,
        severity=severity,
    )


def _near_miss(monitor: Manifest, selector: Selector, world: World) -> _Miss:
    """The Service that the selector just misses."""
    node = monitor.spec["selector"]
    single = len(selector.equal) == 1 and not selector.expressions
    at = node["matchLabels"][next(iter(selector.equal))].entry if single else node
    near = [service for service in world.all("Service") if are_beside(service, monitor)]
    beside = [service for service in near if looks_in(monitor, service)]
    for service in near:
        if service not in beside and selector.matches(PlainLabels(service.labels)):
            sentence = f"{service.title} has them, in namespace `{service.namespace}`"
            help_ = f"add `namespaceSelector` with `matchNames: [{service.namespace}]`"
            return at, ((service["metadata"]["namespace"], sentence),), help_, True
    for service in beside:
        if selector.matches(PlainLabels(service.spec["selector"].strings)):
            related = ((service.spec["selector"], "labels of the pods, not of the Service"),)
            labels = ", ".join(f"{k}: {v}" for k, v in selector.equal.items())
            return at, related, f"label {service.title} `{labels}`", True
    for service in beside:
        unmet = selector.unmet(PlainLabels(service.labels))
        if not unmet or not service.labels:
            continue
        key, value = unmet[0], selector.equal.get(unmet[0], "")
        written = service.labels.get(key, "")
        others = [k for k, v in service.labels.items() if v == value and v]
        other = min(others, key=lambda each: not each.endswith("name"), default="")
        named = namesakes(service.name, monitor.name)
        if closest(value, [written]) or (named and (written or other or len(selector.equal) > 1)):
            label = service["metadata"]["labels"][key if written else other]
            instead = f"{key}: {written}" if written else f"{other}: {value}" if other else ""
            related = ((label.entry if label else label, f"{service.title} has these labels"),)
            help_ = f"select `{instead}`" if instead else f"label {service.title} `{key}: {value}`"
            return node["matchLabels"][key].entry, related, help_, True
    return at, (), "select labels that the Service carries in its `metadata`", False
