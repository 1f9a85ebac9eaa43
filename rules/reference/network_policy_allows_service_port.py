from collections.abc import Iterator

from hslint import (
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    ServicePort,
    World,
    rule,
    service_ports,
)


@rule(WARNING, "NetworkPolicy", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A NetworkPolicy allows the port of a Service, where its pods listen on another.

    The policy is applied to the pods, after the Service's `port` became its `targetPort`. The port
    that it allows is one that nobody listens on, and the one of the pods stays closed.

    Write the port that the container listens on.
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
    for port, pods in world.policy_ports(manifest):
        number = port.mapping["port"]
        if number.__class__ is not int or any(e.number == number for p in pods for e in p.ports):
            continue  # network-policy-port-not-found speaks of names and protocols
        node, protocol = port["port"], port["protocol"].string or "TCP"
        for service in world.services_selecting(pods[0]):
            for each in service_ports(service):
                if each.number == node.integer and each.protocol == protocol:
                    yield from _problem(node, service, each, pods[0])


def _problem(node: Node, service: Manifest, port: ServicePort, pods: Pods) -> Iterator[Problem]:
    """Say so, if the container's port that the Service leads to is declared."""
    target = port.target.value
    for declared in pods.ports:
        if target in (declared.name, declared.number):
            yield Problem(
                node,
                f"{node.integer} is a port of {service.title}, but its pods listen on"
                f" {declared.number}, so this allows nothing",
                related=(
                    (port.node["port"], "this port is the Service's"),
                    (declared.node["containerPort"], "this is the pods'"),
                ),
                help=f"write `port: {declared.number}`",
                fix=Fix.write(node, declared.number) if declared.number else None,
            )
            return
