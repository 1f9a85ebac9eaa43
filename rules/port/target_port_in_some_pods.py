from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, World, rule, service_ports


@rule(WARNING, "Service", fields=("targetPort",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Only some of the pods behind a Service have the port that its `targetPort` names.

    The others get no traffic on this port, and nothing says so: they look like replicas, but do
    not work.

    Name the port alike in all pods that the Service selects, or narrow its selector to those that
    have it.

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
          targetPort: http  # warning: the pods of Pod `green` have no port named `http`
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: blue
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: http
              containerPort: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: green
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - name: web
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
    # Variants farther off are not held against each other; a Job that shares the labels of what it
    # prepares is not meant to get traffic.
    selection = world.selected_by(manifest)
    if len(selection) < 2:
        return
    for port in service_ports(manifest):
        name = port.target_name
        if not name:
            continue
        near = selection.nearest(manifest).serving
        having = near.named_ports(name, port.protocol)
        lacking = near.lacking_port(name, port.protocol) if having else []
        if not lacking:
            continue  # none at all is target-port-not-found's
        titles = " and ".join(pods.owner.title for pods in lacking[:2])
        yield Problem(
            port.target,
            f"the pods of {titles} have no port named `{name}` ({port.protocol}), so"
            f" {manifest.title} sends them nothing on this port",
            related=(
                (having[0][1].node["name"], "these pods have it"),
                (lacking[0].containers[0]["name"], "these do not"),
            ),
            help=f"name a port of them `{name}`, or select only the pods that have it",
        )
