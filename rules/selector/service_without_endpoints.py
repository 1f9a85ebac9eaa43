from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, World, is_alias, namesakes, rule


@rule(WARNING, "Service")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A Service has neither a selector nor Endpoints or EndpointSlices.

    Nothing will ever be behind it: connections to it fail, and the name of a headless one does not
    resolve. An empty selector selects nothing, not everything.

    Select the pods; or, for addresses outside the cluster, add an EndpointSlice with the label
    `kubernetes.io/service-name`. A program may also write them at run time: then all is well.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:  # warning: Service `web` has no selector, and no Endpoints in the files given
      ports:
        - port: 80
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
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: legacy
    spec:
      ports:
        - port: 5432
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: legacy-1
      labels:
        kubernetes.io/service-name: legacy
    addressType: IPv4
    ports:
      - port: 5432
    endpoints:
      - addresses:
          - 10.1.2.3
    ```
    """
    # Source: pkg/controller/endpointslice: syncService. The control plane writes the endpoints of
    # `kubernetes`; programs those of a lock for leader election.
    node = manifest.spec["selector"]
    if node.mapping or is_alias(manifest):
        return
    if manifest.name == "kubernetes" or not manifest.spec["ports"]:
        return  # without ports it is service-without-ports', or there for its name alone
    if world.endpoints_of(manifest):
        return
    if manifest["selector"] or any(port["selector"] for port in manifest.spec["ports"]):
        return  # it is in the wrong place: unknown-field says so
    if any(pods.owner.type == "StatefulSet" for pods in world.governed_by(manifest)):
        return  # governing-service-without-selector says so
    meant = [p for p in world.pods_beside(manifest) if namesakes(p.owner.name, manifest.name)]
    severity = world.absence(manifest, "pods")
    yield Problem(
        node,
        f"{manifest.title} has no selector, and no Endpoints in the files given, so nothing is"
        " behind it",
        related=tuple((p.labels_node, f"{p.owner.title} has these") for p in meant[:1]),
        help="add a `selector` with the labels of the pods, or an EndpointSlice",
        severity=severity if meant or severity is not WARNING else INFO,
    )
