from collections.abc import Iterator

from hslint import (
    REFERRERS,
    UNSAFE,
    WARNING,
    Fix,
    Manifest,
    Problem,
    World,
    is_headless,
    rule,
    service_ports,
)


@rule(WARNING, *REFERRERS, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service is called at a port that it does not have.

    A Service with a virtual IP takes connections on its `port`s only, not on its `targetPort`s or
    `nodePort`s: the connection is refused, or times out.

    Write the `port` of the Service.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
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
      name: client
    spec:
      containers:
        - name: client
          image: example.com/client:1.4
          env:
            - name: WEB
              value: http://web:8080/  # warning: Service `web` has no port 8080
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
        - name: http
          port: 80
          targetPort: 8080
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: client
      labels:
        app: web
    spec:
      containers:
        - name: client
          image: example.com/client:1.4
          env:
            - name: WEB
              value: http://web:80/
    ```
    """
    seen = set()
    for reference in world.hosts.called(manifest):
        services, port = reference.answer.services, reference.host.port
        called = f"{reference.host.name}:{port}"
        if reference.record.host or called in seen or any(is_headless(s) for s in services):
            continue
        seen.add(called)
        near = service_ports(services[0])
        ports = [each.number for service in services for each in service_ports(service)]
        if not near or port in ports or None in ports:
            continue
        meant = [p for p in near if port in (p.target.integer, p.node["nodePort"].integer)]
        right = (meant or near)[0]
        has = "`, `".join(str(each.number) for each in near)
        yield Problem(
            reference.at,
            f"{services[0].title} has no port {port}, so `{called}` is not served",
            related=((right.node["port"], f"the Service has `{has}`"),),
            help=f"write port {right.number}" if meant or len(near) == 1 else "",
            fix=Fix.swap(reference.at, called, f"{reference.host.name}:{right.number}")
            if meant or len(near) == 1
            else None,
        )
