from collections.abc import Iterator

from hslint import (
    ERROR,
    INFO,
    UNSAFE,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    ServicePort,
    World,
    closest,
    formats,
    has_placeholder,
    rule,
    service_ports,
)

#: So many pods are enough to see what was meant.
_FEW = 50


@rule(ERROR, "Service", fields=("targetPort",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service's `targetPort` names a port that none of its pods have.

    The Service port leads nowhere: connections are refused, and no event says why. The name is
    looked up among the `ports` of the pods' containers; init containers do not count unless they
    are native sidecars (`restartPolicy: Always`).

    Write the name of a container's port or its number; or name the container's port so.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: web  # error: has no port named `web`
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: http
              containerPort: 80
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
          targetPort: http
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: http
              containerPort: 80
    ```
    """
    # Source: k8s.io/endpointslice: FindPort.
    selection = world.selected_by(manifest)
    for port in service_ports(manifest) if selection else ():
        name = port.target_name
        if not name or selection.named_ports(name, port.protocol) or formats.port_name(name):
            continue  # a name that no port can have is invalid-port-reference's
        whole = selection.nearest(manifest).whole
        if not whole:
            return  # selector-matches-no-pod speaks of a Service without pods
        if whole.ports_called(name):
            continue  # target-port-other-protocol or target-port-only-in-sidecar says so
        near = whole.pods[:_FEW]
        why, related, meant = _cause(port, near)
        unsure = not meant and any(_is_injected(pods) for pods in near)
        yield Problem(
            port.target,
            f"{near[0].owner.title} has no port named `{name}`{why}, so {port.title} of"
            f" {manifest.title} leads nowhere",
            related=tuple(related[:3]),
            help=f"write `targetPort: {meant}`"
            if meant
            else f"write the number, or name the container's port `{name}`",
            severity=INFO if unsure or name == "http-envoy-prom" else None,
            fix=Fix.write(port.target, meant) if meant else None,
        )


def _cause(port: ServicePort, near: list[Pods]) -> tuple[str, list[tuple[Node, str]], str | int]:
    """What is wrong in particular, where to look, and what to write."""
    name = port.target.string
    declared = [p for pods in near for p in pods.ports if not has_placeholder(p.name)]
    for container in (c for pods in near for c in pods.spec["initContainers"]):
        for entry in container["ports"]:
            if entry["name"].string == name:
                why = f" but in init container `{container['name'].string}`"
                return why, [(entry["name"], "an init container ends before the pod serves")], ""
    if not declared:
        return "", [(pods.containers[0]["name"], "it declares no ports") for pods in near], ""
    names = [p.name for p in declared if p.name and p.protocol == port.protocol]
    likely = [p.name or p.number or "" for p in declared if p.number == port.number]
    target: str | int = closest(name, names) or next(iter(likely), "")
    if not target and len(set(names)) == 1:
        target = names[0]
    declared.sort(key=lambda p: target not in (p.name, p.number))
    why = " (which is the Service port's own name)" if name == port.name else ""
    related = [
        (p.node["name" if p.name else "containerPort"], f"`{p.container['name'].string}` has this")
        for p in declared
    ]
    return why, related, target


def _is_injected(pods: Pods) -> bool:
    """Whether a webhook adds containers to the pods, as service meshes do."""
    metadata = pods.template["metadata"]
    wishes = {**metadata["labels"].strings, **metadata["annotations"].strings}
    return any(k.endswith("inject") and v not in ("false", "disabled") for k, v in wishes.items())
