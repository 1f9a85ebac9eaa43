from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, World, rule


@rule(WARNING, "StatefulSet", fields=("readinessProbe",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods that wait for their peers to become ready cannot find them before.

    The pods have a readiness probe and are started one after the other, each when the one before is
    ready; and they refer to their peers by name. DNS answers only for pods that are ready, unless
    the governing Service says `publishNotReadyAddresses: true`. A first pod that is ready only with
    its peers, or must find its own name, waits for ever, and the rollout hangs.

    Write `publishNotReadyAddresses: true` in the governing Service; where the first pod needs the
    others in order to be ready, also `podManagementPolicy: Parallel`.
    (Source: k8s.io/endpointslice: podToEndpoint; pkg/controller/statefulset: updateStatefulSet.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: peer
          port: 2380
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db  # warning: before it is ready nobody resolves `db-1.db`
      replicas: 3
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: example.com/db:1.4
              args: ["--peers=db-0.db:2380,db-1.db:2380,db-2.db:2380"]
              ports:
                - name: peer
                  containerPort: 2380
              readinessProbe:
                tcpSocket:
                  port: peer
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      publishNotReadyAddresses: true
      selector:
        app: db
      ports:
        - name: peer
          port: 2380
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      replicas: 3
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: example.com/db:1.4
              args: ["--peers=db-0.db:2380,db-1.db:2380,db-2.db:2380"]
              ports:
                - name: peer
                  containerPort: 2380
              readinessProbe:
                tcpSocket:
                  port: peer
    ```
    """
    spec = manifest.spec
    services = world.named("Service", spec["serviceName"].string, manifest)
    if spec["podManagementPolicy"].string == "Parallel" or not services:
        return
    if any(s.spec["publishNotReadyAddresses"].value is True for s in services):
        return
    for pods in world.pods_of(manifest):
        if pods.replicas < 2 or not any(c["readinessProbe"] for c in pods.containers):
            continue
        # A name of the first pod alone is safe: the others start when it is ready.
        first = f"{manifest.name}-{pods.first_ordinal}"
        for reference in world.hosts.looked_up_by(pods):
            if reference.answer.pods is pods and reference.record.host != first:
                yield Problem(
                    spec["serviceName"],
                    f"a pod of {manifest.title} refers to its peers, and before it is ready nobody"
                    f" resolves `{reference.host.name}`",
                    related=(
                        (reference.at, "it is named here"),
                        (services[0]["metadata"]["name"], "this Service hides pods not ready"),
                    ),
                    help=f"write `publishNotReadyAddresses: true` in Service `{services[0].name}`",
                    fix=Fix.put(services[0].spec, "publishNotReadyAddresses", value=True),
                )
                break
