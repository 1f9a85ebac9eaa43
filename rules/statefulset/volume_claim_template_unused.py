from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, rule


@rule(WARNING, "StatefulSet", fields=("volumeClaimTemplates",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """No container mounts the volume that a StatefulSet claims for each pod.

    Every pod gets its disk, and nothing is written to it: the data stays in the container and is
    lost when the pod restarts.

    Mount it in a container (`volumeMounts`, or `volumeDevices` for a raw device), or delete the
    claim template.

    ```yaml bad
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
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
              image: mongo:8
      volumeClaimTemplates:
        - metadata:
            name: data  # warning: no container of StatefulSet `db` mounts `data`
          spec:
            accessModes: [ReadWriteOnce]
            resources:
              requests:
                storage: 10Gi
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
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
              image: mongo:8
              volumeMounts:
                - name: data
                  mountPath: /data/db
      volumeClaimTemplates:
        - metadata:
            name: data
          spec:
            accessModes: [ReadWriteOnce]
            resources:
              requests:
                storage: 10Gi
    ```
    """
    pod, claims = manifest.spec["template"]["spec"], manifest.spec["volumeClaimTemplates"]
    if not claims.value or not pod["containers"].value:
        return
    mounts = {
        mount["name"].string
        for field in ("containers", "initContainers")
        for container in pod[field]
        for kind in ("volumeMounts", "volumeDevices")
        for mount in container[kind]
    }
    names = [claim["metadata"]["name"] for claim in claims]
    known = {name.string for name in names} | {v["name"].string for v in pod["volumes"]}
    if mounts - known:
        return  # unknown-volume says so: the mount may be meant for this one
    for name in names:
        if name.string and name.string not in mounts:
            yield Problem(
                name,
                f"no container of {manifest.title} mounts `{name.string}`, so nothing is stored on"
                " the disks that it claims",
                related=((pod["containers"], "`volumeMounts` belong to a container"),),
                help=f"add a `volumeMounts` entry with `name: {name.string}` to a container",
            )
