from collections.abc import Iterator

from hslint import WARNING, WORKLOADS, Manifest, Problem, World, rule


@rule(WARNING, WORKLOADS, fields=("subdomain",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods have a `subdomain` but no `hostname`, so that they get no names in DNS.

    A pod has a record below the Service in `subdomain` only if its `hostname` is set, too; its own
    name does not count. The name is in the pod's own /etc/hosts all the same, so that it seems to
    work from inside.

    Set `hostname`, or use a StatefulSet, whose pods get both. Only a pod that just wants to know
    its own full name can do without.
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
      subdomain: members  # warning: has a `subdomain` but no `hostname`
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
        return  # their controllers set both
    for pods in world.pods_of(manifest):
        field = pods.spec["subdomain"]
        if not field.string or pods.spec["hostname"].string:
            continue
        template = pods.template.path[len(manifest.root.path) :]
        job = manifest.root.at(template[:-1])  # of a Job or CronJob; else the spec has no such mode
        if job["completionMode"].string == "Indexed":
            continue  # the controller sets it (pkg/controller/job)
        if not world.named("Service", field.string, manifest):
            continue  # subdomain-without-service
        name = f"`{manifest.name}.{field.string}`" if manifest.kind == "Pod" else "their names"
        yield Problem(
            field,
            f"{manifest.title} has a `subdomain` but no `hostname`, so {name} does not resolve",
            help="set `hostname`, or use a StatefulSet",
        )
