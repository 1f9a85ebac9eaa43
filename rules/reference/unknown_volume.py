from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    WARNING,
    WORKLOADS,
    Fix,
    Manifest,
    Node,
    Problem,
    closest,
    pods_of,
    rule,
)


@rule(ERROR, WORKLOADS, fields=("volumeMounts", "volumeDevices"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A container mounts a volume that its pod does not have.

    The API server rejects it. Of a StatefulSet it looks at the template since 1.34 only: before, it
    accepts the StatefulSet, and then no pod can be created. The volumes of a StatefulSet's pods are
    `volumes` and `volumeClaimTemplates` together.

    Correct the name, or add the volume.
    (Source: pkg/apis/core/validation: ValidateVolumeMounts, ValidateVolumeDevices.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          volumeMounts:
            - name: config-vol  # error: container `web` mounts the volume `config-vol`
              mountPath: /etc/web
      volumes:
        - name: config
          configMap:
            name: web
            optional: true
    ```

    ```yaml bad 1.33
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
            - name: db
              image: mongo:8
              volumeMounts:
                - name: dta  # error: so no pod of StatefulSet `db` can be created
                  mountPath: /data/db
      volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
    ```

    ```yaml bad 1.34
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
            - name: db
              image: mongo:8
              volumeMounts:
                - name: dta  # error: so the API server rejects StatefulSet `db`
                  mountPath: /data/db
      volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          volumeMounts:
            - name: config
              mountPath: /etc/web
      volumes:
        - name: config
          configMap:
            name: web
            optional: true
    ```
    """
    custom = "." in manifest.type
    claimed = "volumeClaimTemplates" in manifest.spec.mapping
    templates = manifest.spec["volumeClaimTemplates"] if claimed else ()
    claims = [claim["metadata"]["name"] for claim in templates]
    for pods in pods_of(manifest):
        names = [volume["name"] for volume in pods.volumes] + claims
        volumes = {name.string: name for name in names if name.string}
        mounted = list(_mounted(pods.all_containers, manifest.minor))
        unused = volumes.keys() - {name.string for _, name in mounted}
        for container, name in mounted:
            if not name.string or name.string in volumes:
                continue
            near = closest(name.string, volumes) or (len(unused) == 1 and min(unused)) or ""
            yield Problem(
                name,
                f"container `{container['name'].string}` mounts the volume `{name.string}`, which"
                f" {manifest.title} does not have, {pods.rejection}",
                related=((volumes[near], "did you mean this one?"),) if near else (),
                help=f"write `name: {near}`" if near else "add it to `volumes`",
                fix=Fix.write(name, near) if near else None,
                # What a custom resource's controller adds is not known here.
                severity=WARNING if custom else ERROR,
            )


def _mounted(containers: list[Node], minor: int) -> Iterator[tuple[Node, Node]]:
    """Each container that can be created, with the name of each volume that it mounts or reads.

    A container without an image is none: the manifest is a part, to be merged into another.
    """
    for container in containers:
        written = container.mapping
        if not isinstance(written.get("image"), str):
            continue
        for field in ("volumeMounts", "volumeDevices"):
            for mount in container[field] if field in written else ():
                yield container, mount["name"]
        for index, variable in enumerate(_list(written.get("env"))):
            source = variable.get("valueFrom") if isinstance(variable, dict) else None
            if isinstance(source, dict) and "fileKeyRef" in source and minor >= 35:
                file = container["env"][index]["valueFrom"]["fileKeyRef"]
                yield container, file["volumeName"]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
