from collections.abc import Iterator

from hslint import INFO, WARNING, WORKLOADS, Manifest, Problem, pods_of, rule

#: Volumes whose driver has gone from Kubernetes: the minors that deprecate it, and that lack it.
_GONE = {
    "photonPersistentDisk": (11, 16),
    "gitRepo": (11, 33),
    "scaleIO": (16, 22),
    "flocker": (22, 25),
    "storageos": (22, 25),
    "quobyte": (22, 25),
    "glusterfs": (25, 26),
    "cephfs": (28, 31),
    "rbd": (28, 31),
}


@rule(WARNING, WORKLOADS, fields=tuple(_GONE))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A volume is of a sort that this version of Kubernetes can no longer mount.

    The API server accepts it, with a warning, and the pod waits for ever, since its driver is gone:
    `glusterfs` since 1.26, `cephfs` and `rbd` since 1.31, `gitRepo` since 1.33, where it can be
    turned on again.

    Use the CSI driver of the storage; for `gitRepo` an init container that clones.
    (Source: pkg/api/pod: GetWarningsForPod.)

    ```yaml bad 1.31
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          rbd:  # warning: the driver of `rbd` has gone with Kubernetes 1.31
            monitors: ["192.0.2.1:6789"]
            image: data
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
            - name: data
              mountPath: /data
      volumes:
        - name: data
          csi:
            driver: rbd.csi.ceph.com
    ```
    """
    for pods in pods_of(manifest):
        for volume in pods.volumes:
            for sort in _GONE.keys() & volume.mapping.keys():
                old, gone = _GONE[sort]
                if not volume[sort] or manifest.minor < old:
                    continue
                if manifest.minor >= gone:
                    what = f"the driver of `{sort}` has gone with Kubernetes 1.{gone}, so"
                    what += f" no pod of {manifest.title} can start"
                else:
                    what = f"the driver of `{sort}` goes with Kubernetes 1.{gone}"
                yield Problem(
                    volume[sort].key,
                    what,
                    help="use the CSI driver of the storage",
                    severity=WARNING if manifest.minor >= gone else INFO,
                )
