from collections.abc import Iterator

from hslint import (
    UNSAFE,
    WARNING,
    WORKLOADS,
    Fix,
    Manifest,
    Problem,
    World,
    are_beside,
    formats,
    rule,
)


@rule(WARNING, WORKLOADS, fields=("subdomain",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The `subdomain` of pods names no Service that selects them.

    The kubelet writes the name `HOSTNAME.SUBDOMAIN.NAMESPACE.svc.cluster.local` into the pod's own
    /etc/hosts, so that it seems to work from inside. DNS knows it only where a Service of the name
    in `subdomain` selects the pod: nobody else can resolve it.

    Add a headless Service of that name, or correct the name or its selector.
    (Source: k8s.io/endpointslice: ShouldSetHostname.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: members
    spec:
      clusterIP: None
      selector:
        app: member
      ports:
        - name: gossip
          port: 7946
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: member
      labels:
        app: member
    spec:
      hostname: member
      subdomain: member  # warning: no Service `member` selects the pods
      containers:
        - name: member
          image: example.com/member:1.4
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: members
    spec:
      clusterIP: None
      selector:
        app: member
      ports:
        - name: gossip
          port: 7946
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: member
      labels:
        app: member
    spec:
      hostname: member
      subdomain: members
      containers:
        - name: member
          image: example.com/member:1.4
    ```
    """
    if "." in manifest.type or manifest.kind == "StatefulSet":
        return  # their controllers set it
    for pods in world.pods_of(manifest):
        field = pods.spec["subdomain"]
        if not field.string or formats.dns_label(field.string):
            continue  # invalid-pod-hostname says what is no name
        services = world.named("Service", field.string, manifest)
        if any(world.endpoints_of(s) or pods in world.selected_by(s) for s in services):
            continue
        if services and are_beside(services[0], manifest):
            place = services[0].spec["selector"] or services[0]["metadata"]["name"]
            yield Problem(
                field,
                f"Service `{field.string}` does not select the pods of {manifest.title}, so they"
                " have no names below it",
                related=((place.key, "this selects other pods"),),
                help="let the Service select the pods",
            )
            continue
        fitting = world.headless_services_selecting(pods)
        yield Problem(
            field,
            f"no Service `{field.string}` selects the pods of {manifest.title}, so they have no"
            " names in DNS",
            related=tuple(
                (s["metadata"]["name"], "this headless Service selects the pods")
                for s in fitting[:1]
            ),
            help=f"write `subdomain: {fitting[0].name}`" if fitting else "add a headless Service",
            fix=Fix.write(field, fitting[0].name) if len(fitting) == 1 else None,
            severity=world.absence(manifest, "Service"),
        )
