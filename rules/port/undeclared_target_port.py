from collections.abc import Iterator

from hslint import (
    INFO,
    UNSAFE,
    ContainerPort,
    Fix,
    Manifest,
    Problem,
    ServicePort,
    World,
    rule,
    service_ports,
)

#: So many pods are enough to see what was meant.
_FEW = 50


@rule(INFO, "Service", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service sends to a port number that its pods do not declare.

    That is legal: a number is used as it is, and the ports a container declares are information
    only. But where the pods declare other ports, the number is often a leftover, and then clients
    get "connection refused".

    Write a port that the pods listen on, or declare this one in the container's `ports`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80  # info: Service `web` sends to port 80/TCP, which its pods do not declare
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
          image: example.com/web:1
          ports:
            - containerPort: 8080
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
          image: example.com/web:1
          ports:
            - containerPort: 8080
    ```
    """
    selection = world.selected_by(manifest)
    if not selection:
        return
    for port in service_ports(manifest):
        number = port.target_number
        if number is None or selection.declares(number, port.protocol):
            continue
        near = selection.nearest(manifest).pods[:_FEW]
        nearest = [p for pods in near for p in pods.ports if p.number]
        if nearest:  # pods that declare nothing say nothing
            yield _problem(manifest, port, number, nearest)


def _problem(
    manifest: Manifest, port: ServicePort, number: int, declared: list[ContainerPort]
) -> Problem:
    what = f"{number}/{port.protocol}"
    same = [p for p in declared if p.number == number]
    related = tuple(
        (p.node["containerPort"], f"container `{p.container['name'].string}` declares this one")
        for p in (same or declared)[:3]
    )
    fix = None
    if same:
        fix = Fix.put(port.node, "protocol", same[0].protocol)
        help_ = f"write `protocol: {same[0].protocol}`, if that is what the program speaks"
    elif len(declared) == 1:
        if declared[0].number:
            fix = Fix.put(port.node, "targetPort", declared[0].number)
        help_ = f"write `targetPort: {declared[0].number}`, or declare {number} in the container"
    else:
        help_ = "write a port the pods listen on, or declare this one in the container"
    return Problem(
        port.target,
        f"{manifest.title} sends to port {what}, which its pods do not declare, so connections are"
        " refused unless they listen there all the same",
        related=related,
        help=help_,
        fix=fix,
    )
