from collections.abc import Iterator

from hslint import (
    WARNING,
    Manifest,
    Node,
    Pods,
    Problem,
    World,
    closest,
    formats,
    label_selector,
    rule,
    service_ports,
)


@rule(WARNING, "NetworkPolicy")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A NetworkPolicy allows a port that the pods do not have.

    The port is one of the pods, by number or by the name of a container's port: the policy is
    applied after the Service's `port` became its `targetPort`. What it should allow stays closed.

    Write the port that the container listens on, and its protocol, which is TCP by default.
    (Source: k8s.io/api/networking/v1: NetworkPolicyPort.)

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
          targetPort: 8080
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
              containerPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      ingress:
        - ports:
            - port: 80  # warning: 80 is a port of Service `web`, but its pods listen on 8080
            - port: web  # warning: the pods of Pod `web` have no port named `web` (TCP)
    ```

    ```yaml good
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
              containerPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      ingress:
        - ports:
            - port: http
    ```
    """
    for selectors, entry in _entries(manifest):
        selected = [list(world.select(label_selector(node), manifest)) for node in selectors]
        pods = [p for each in selected for p in each]
        if not all(selected) or any(p.partial for p in pods):
            continue
        for port in entry["ports"]:
            yield from _check(port, pods, world)


def _entries(policy: Manifest) -> Iterator[tuple[list[Node], Node]]:
    """Each rule with the selectors of the pods whose ports it means, where they are known.

    Those are the policy's own for ingress; for egress the peers', if none is in a namespace of
    others. An empty selector means pods of all sorts: their ports are not held against it.
    """
    own = policy.spec["podSelector"]
    if own.mapping:
        for entry in policy.spec["ingress"]:
            yield [own], entry
    for entry in policy.spec["egress"]:
        peers = list(entry["to"])
        if peers and all(p["podSelector"].mapping and not p["namespaceSelector"] for p in peers):
            yield [peer["podSelector"] for peer in peers], entry


def _check(port: Node, pods: list[Pods], world: World) -> Iterator[Problem]:
    node, protocol = port["port"], port["protocol"].string or "TCP"
    if not node.value or port["endPort"]:
        return
    declared = [each for p in pods for each in p.ports]
    alike = [each for each in declared if node.value in (each.name, each.number)]
    if any(each.protocol == protocol for each in alike):
        return
    if alike:
        other = alike[0]
        yield Problem(
            port["protocol"] or node,
            f"the pods of {pods[0].owner.title} have port `{node.value}` for {other.protocol}, but"
            f" this allows it for {protocol}",
            related=(
                (other.node["protocol" if other.node["protocol"] else "containerPort"], "here"),
            ),
            help=f"write `protocol: {other.protocol}`",
        )
    elif node.string and not formats.port_name(node.string):
        near = closest(node.string, [each.name for each in declared])
        yield Problem(
            node,
            f"the pods of {pods[0].owner.title} have no port named `{node.string}` ({protocol}):"
            " this allows nothing",
            related=tuple((e.node["name"], "they have this") for e in declared if e.name)[:2],
            help=f"write `port: {near}`" if near else "write the number of the port",
        )
    elif node.integer is not None:
        yield from _check_number(node, protocol, pods, world)


def _check_number(node: Node, protocol: str, pods: list[Pods], world: World) -> Iterator[Problem]:
    """Look for a Service's port where a port of the pods is meant; others may be undeclared."""
    for service in world.services_selecting(pods[0]):
        for port in service_ports(service):
            target = port.target.value
            if port.number != node.integer or target == port.number or port.protocol != protocol:
                continue
            found = [e for e in pods[0].ports if target in (e.name, e.number)]
            if found:
                number = found[0].number
                yield Problem(
                    node,
                    f"{node.integer} is a port of {service.title}, but its pods listen on {number}:"
                    " this allows nothing",
                    related=(
                        (port.node["port"], "this port is the Service's"),
                        (found[0].node["containerPort"], "this is the pods'"),
                    ),
                    help=f"write `port: {found[0].number}`",
                )
                return
