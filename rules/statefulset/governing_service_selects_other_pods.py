from collections.abc import Iterator, Sequence

from hslint import (
    ERROR,
    UNSAFE,
    Fix,
    Manifest,
    Pods,
    Problem,
    World,
    has_placeholder,
    map_selector,
    near_misses,
    rule,
)


@rule(ERROR, "StatefulSet", fields=("serviceName",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The Service that a StatefulSet's `serviceName` names does not select its pods.

    A pod has a DNS name only while it is an endpoint of this Service. With a selector that its
    labels do not meet `db-0.db` never resolves, and neither the Service nor the StatefulSet shows
    a sign of it.

    Make the selector and the labels of the template agree, or name the Service that does select
    the pods. (Source: k8s.io/endpointslice: podToEndpoint, ShouldSetHostname.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: mongo
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db  # error: Service `db` selects `app=mongo`
      selector:
        matchLabels:
          app: mongodb
      template:
        metadata:
          labels:
            app: mongodb
        spec:
          containers:
            - name: db
              image: mongo:8
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: mongo:8
    ```
    """
    name = manifest.spec["serviceName"]
    for pods in world.pods_of(manifest):
        services = world.governing(pods)
        if not services or any(_may_select(service, pods) for service in services):
            continue
        service = services[0]
        selector = map_selector(service.spec["selector"])
        key = selector.unmet(pods)[0]
        label = pods.labels_node[key]
        carried = f"carry `{key}={label.string}`" if label else f"carry no label `{key}`"
        headless = world.headless_services_selecting(pods)[:1]
        taken = bool(world.selected_by(service))  # other pods would lose it
        related = [
            (service.spec["selector"][key].entry, "the Service selects this"),
            (label.entry if label else pods.labels_node, f"the pods {carried}"),
        ]
        related += [(s["metadata"]["name"], "this one selects the pods") for s in headless]
        alike = [m for m in near_misses(selector, [pods], "") if m.alike]
        if headless:
            fix: Fix | None = Fix.write(name, headless[0].name)
        else:
            fix = alike[0].fix(service.spec["selector"]) if alike and not taken else None
        yield Problem(
            name,
            f"Service `{name.string}` selects `{key}={selector.equal[key]}`, but the pods of"
            f" {manifest.title} {carried}, so `{manifest.name}-{pods.first_ordinal}.{name.string}`"
            " never resolves",
            related=tuple(related),
            help=_help(name.string, headless, taken=taken),
            fix=fix,
        )


def _help(name: str, headless: Sequence[Manifest], *, taken: bool) -> str:
    if headless:
        return f"write `serviceName: {headless[0].name}`"
    if taken:
        return "add a headless Service that selects these pods, and name it here"
    return f"make the selector of Service `{name}` and the labels of the pods agree"


def _may_select(service: Manifest, pods: Pods) -> bool:
    """Whether a Service selects *pods*, or why it does not is another rule's to say."""
    selector = map_selector(service.spec["selector"])
    if not selector or service.spec["type"].string == "ExternalName":
        return True  # governing-service-without-selector, governing-service-external-name
    if not pods.labels:
        return True  # the StatefulSet's own selector does not match its template
    if selector.matches(pods):
        return True
    return has_placeholder(selector.equal) or has_placeholder(pods.labels)
