from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, World, rule, service_ports


@rule(ERROR, "Service", fields=("targetPort",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A `targetPort` names a port of a native sidecar, which Kubernetes looks at since 1.33 only.

    Before, the name is looked up in the main containers alone: the Service port leads nowhere, and
    no event says why.

    Write the number of the port, or run the sidecar as a main container.

    ```yaml bad 1.32
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 9901
          targetPort: admin  # error: Kubernetes 1.32 does not look for `admin` in a sidecar
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      initContainers:
        - name: proxy
          image: envoyproxy/envoy:v1.34.0
          restartPolicy: Always
          ports:
            - name: admin
              containerPort: 9901
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good 1.33
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 9901
          targetPort: admin
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      initContainers:
        - name: proxy
          image: envoyproxy/envoy:v1.34.0
          restartPolicy: Always
          ports:
            - name: admin
              containerPort: 9901
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    # Source: k8s.io/endpointslice: FindPort, which went over the main containers alone until 1.32.
    if world.minor >= 33:
        return
    selection = world.selected_by(manifest)
    for port in service_ports(manifest):
        name = port.target_name
        if not name or selection.named_ports(name, port.protocol):
            continue
        for other in selection.nearest(manifest).ports_called(name):
            if other.sidecar and other.protocol == port.protocol:
                yield Problem(
                    port.target,
                    f"Kubernetes 1.{world.minor} does not look for `{name}` in a sidecar, so"
                    f" {port.title} of {manifest.title} leads nowhere",
                    related=((other.node["name"], "an init container that restarts Always"),),
                    help=f"write `targetPort: {other.number}`, the number",
                    fix=Fix.write(port.target, other.number) if other.number else None,
                )
                break
