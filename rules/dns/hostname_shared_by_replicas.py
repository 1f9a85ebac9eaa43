from collections.abc import Iterator

from hslint import INFO, WORKLOADS, Manifest, Problem, pods_of, rule


@rule(INFO, WORKLOADS, fields=("subdomain",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A template with a fixed `hostname` makes several pods, which all get the same name.

    The name below the Service then has the addresses of all of them, in changing order: a client
    that means one pod reaches another.

    Use a StatefulSet, which numbers its pods, unless the same name for all is what you want.

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: member
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: member
      template:
        metadata:
          labels:
            app: member
        spec:
          hostname: member  # info: all 2 pods of Deployment `member` are called `member`
          subdomain: members
          containers:
            - name: member
              image: example.com/member:1.4
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: member
    spec:
      serviceName: members
      replicas: 2
      selector:
        matchLabels:
          app: member
      template:
        metadata:
          labels:
            app: member
        spec:
          containers:
            - name: member
              image: example.com/member:1.4
    ```
    """
    if manifest.type not in ("Deployment", "ReplicaSet", "ReplicationController"):
        return
    for pods in pods_of(manifest):
        name = pods.spec["hostname"]
        if name.string and pods.spec["subdomain"].string and pods.replicas > 1:
            yield Problem(
                name,
                f"all {pods.replicas} pods of {manifest.title} are called `{name.string}`, so the"
                " name leads to any of them",
                related=((manifest.spec["replicas"].entry, "so many pods"),),
                help="use a StatefulSet for names of their own",
            )
