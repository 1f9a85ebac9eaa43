from collections.abc import Iterator

from hslint import (
    UNSAFE,
    WARNING,
    ContainerPort,
    Fix,
    Manifest,
    Problem,
    World,
    is_headless,
    rule,
    service_ports,
)

#: So many pods are enough to see where a port leads.
_FEW = 50


@rule(WARNING, "Service", fields=("targetPort",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A headless Service has a `port` that differs from the `targetPort`.

    Nothing translates the port: the name of a headless Service resolves to the pods themselves, so
    a client of `web:80` connects to port 80 of a pod, where nobody listens. The same happens when a
    named `targetPort` is another number in the pods. SRV records carry the targetPort.

    Make `port` the number that the pods listen on.
    (Source: k8s.io/endpointslice: getEndpointPorts; API documentation of ServicePort.targetPort.)

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
          port: 80  # warning: is not translated to 8080
          targetPort: 8080
    ```

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
          port: 80  # warning: is not translated to `http`, which is 8080
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
              containerPort: 8080
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
              containerPort: 8080
    ```
    """
    if not is_headless(manifest) or not manifest.spec["selector"].mapping:
        return
    if manifest.spec["type"].string not in ("", "ClusterIP"):
        return  # cluster-ip-type-conflict: it is rejected
    for port in service_ports(manifest):
        name = port.target_name
        named: list[ContainerPort] = []
        numbers = [port.target_number]
        if name:
            near = world.selected_by(manifest).nearest(manifest)
            named = [found for _, found in near.named_ports(name, port.protocol)[:_FEW]]
            numbers = [found.number for found in named]
        if port.number is None or not any(numbers) or port.number in numbers:
            continue
        number = next(number for number in numbers if number)
        related = (port.target, "the targetPort")
        if name:
            reached = next(found for found in named if found.number)
            related = (reached.node["containerPort"], "the pods listen here")
        yield Problem(
            port.node["port"],
            f"port {port.number} of headless {manifest.title} is not translated to"
            f" {f'`{name}`, which is ' if name else ''}{number}, so clients of"
            f" `{manifest.name}:{port.number}` connect to port {port.number} of the pods",
            related=(related,),
            help=f"write `port: {number}`",
            fix=Fix.write(port.node["port"], number) if {*numbers} == {number} else None,
        )
