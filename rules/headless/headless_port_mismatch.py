from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Node, Problem, World, is_headless, rule

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
    for entry in manifest.spec["ports"]:
        port, target = entry["port"], entry["targetPort"]
        reached: list[tuple[int | None, Node]] = [(target.integer, target)]
        if target.string:
            protocol = entry["protocol"].string or "TCP"
            near = world.selected_by(manifest).nearest(manifest)
            found = near.named_ports(target.string, protocol)[:_FEW]
            reached = [(f.number, f.node["containerPort"]) for _, f in found]
        numbers = [number for number, _ in reached]
        if port.integer is None or not any(numbers) or port.integer in numbers:
            continue
        number, place = next((number, place) for number, place in reached if number)
        named = f"`{target.string}`, which is {number}" if target.string else f"{number}"
        yield Problem(
            port,
            f"port {port.integer} of headless {manifest.title} is not translated to {named}, so"
            f" clients of `{manifest.name}:{port.integer}` connect to port {port.integer} of the"
            " pods",
            related=((place, "the pods listen here" if target.string else "the targetPort"),),
            help=f"write `port: {number}`",
            fix=Fix.write(port, number) if {*numbers} == {number} else None,
        )
