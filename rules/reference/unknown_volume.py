from collections.abc import Iterator

from hslint import (
    ALL,
    ERROR,
    UNSAFE,
    WARNING,
    WORKLOADS,
    Fix,
    Manifest,
    Pods,
    Problem,
    closest,
    plain_at,
    plain_items,
    pods_of,
    rule,
)

_VOLUMES = ("volumes", ALL, "name")
_CLAIMS = ("volumeClaimTemplates", ALL, "metadata", "name")
_FILE = ("valueFrom", "fileKeyRef", "volumeName")


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
    for pods in pods_of(manifest):
        volumes = {
            name: (spec, path)
            for spec, way in ((pods.spec, _VOLUMES), (manifest.spec, _CLAIMS))
            for path, name in plain_at(spec.value, *way)
            if name and isinstance(name, str)
        }
        mounted = {path: name for path, name in _mounted(pods) if name and isinstance(name, str)}
        for path, name in mounted.items():
            if name in volumes:
                continue
            unused = volumes.keys() - {*mounted.values()}
            near = closest(name, volumes) or (len(unused) == 1 and min(unused)) or ""
            spec, way = volumes[near] if near else (pods.spec, ())
            node, container = pods.spec.at(path), pods.spec.at(path[:2])
            yield Problem(
                node,
                f"container `{container['name'].string}` mounts the volume `{name}`, which"
                f" {manifest.title} does not have, {pods.rejection}",
                related=((spec.at(way), "did you mean this one?"),) if near else (),
                help=f"write `name: {near}`" if near else "add it to `volumes`",
                fix=Fix.write(node, near) if near else None,
                # What a custom resource's controller adds is not known here.
                severity=WARNING if "." in manifest.type else ERROR,
            )


def _mounted(pods: Pods) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """The names of the volumes that containers mount or read; one without an image is a patch."""
    for container, field, number in pods.plain_containers:
        if not isinstance(container.get("image"), str):
            continue
        for kind in ("volumeMounts", "volumeDevices"):
            for index, mount in plain_items(container.get(kind)):
                yield (field, number, kind, index, "name"), mount.get("name")
        for index, variable in plain_items(container.get("env")) if pods.owner.minor >= 35 else ():
            if "valueFrom" in variable:  # few have a source
                for path, name in plain_at(variable, *_FILE):
                    yield (field, number, "env", index, *path), name
