from collections.abc import Iterable, Iterator

from hslint import (
    INFO,
    UNSAFE,
    WARNING,
    WORKLOADS,
    Fix,
    Manifest,
    Pods,
    Problem,
    ServicePort,
    World,
    is_headless,
    rule,
    service_ports,
)


@rule(
    WARNING,
    WORKLOADS,
    "ConfigMap",
    "Ingress",
    "Probe.monitoring.coreos.com",
    "ScrapeConfig.monitoring.coreos.com",
    "Secret",
    fixes=(UNSAFE,),
)  # not what the API server calls: headless-service-called-by-api-server says more
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods are called by name at a port on which they do not listen.

    A headless Service, and the name of a pod, lead to the pods themselves. No virtual IP translates
    the `port` of the Service into its `targetPort`: at a `port` that differs from it nobody
    listens, and the connection is refused.

    Write the port of the container. That the pods just do not declare the port is only worth
    knowing: the process may listen on it all the same.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      selector:
        app: web
      ports:
        - name: http
          port: 80
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
          image: example.com/web:1.4
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: SELF
              value: http://web:80/  # warning: no pod listens on port 80
            - name: OTHER
              value: http://web:9090/  # info: they declare no port 9090
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      selector:
        app: web
      ports:
        - name: http
          port: 8080
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
          image: example.com/web:1.4
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: SELF
              value: http://web:8080/
    ```
    """
    seen = set()
    for reference in world.hosts.called(manifest):
        services, port = reference.answer.services, reference.host.port
        called = f"{reference.host.name}:{port}"
        pods = [reference.answer.pods] if reference.answer.pods else []
        if not reference.record.host and all(is_headless(service) for service in services):
            pods = [each for service in services for each in world.selected_by(service)]
        if called in seen or any(p.partial or port in _numbers(p, services) for p in pods):
            continue
        seen.add(called)
        for pod in pods[:1]:
            near = [p for p in service_ports(services[0]) if p.number == port]
            declared = [p for p in pod.ports if p.number]
            if near and _target(near[0], pod):
                yield Problem(
                    reference.at,
                    f"no pod listens on port {port}: `{called}` leads to the pods themselves, and"
                    f" they listen on {_target(near[0], pod)}",
                    related=((near[0].node["port"], "no virtual IP translates this port"),),
                    help=f"write port {_target(near[0], pod)}",
                    fix=Fix.swap(
                        reference.at, called, f"{reference.host.name}:{_target(near[0], pod)}"
                    ),
                )
            elif declared:
                yield Problem(
                    reference.at,
                    f"`{called}` leads to the pods of {pod.owner.title}, and they declare no port"
                    f" {port}",
                    related=((declared[0].node["containerPort"], "a port they declare"),),
                    help="write a port that they listen on, or declare this one",
                    severity=INFO,
                )


def _numbers(pods: Pods, services: Iterable[Manifest]) -> set[int | None]:
    """The ports on which *pods* listen, as far as their manifest and the Services tell."""
    declared = {port.number for port in pods.ports}
    return declared | {_target(port, pods) for s in services for port in service_ports(s)}


def _target(port: ServicePort, pods: Pods) -> int | None:
    if port.target.string:
        found = pods.find_port(port.target.string, port.protocol)
        return found.number if found else None
    return port.target.integer
