from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, rule

#: A volume with no more than these held nothing yet, or stood for the claim.
_NOTHING_LOST = {"name", "emptyDir", "persistentVolumeClaim"}


@rule(WARNING, "StatefulSet", fields=("volumeClaimTemplates",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A volume of a StatefulSet's template has the name of a claim template, which replaces it.

    The controller puts the claim in place of the volume, without a word: what the volume was to
    show, a ConfigMap say, is not there. (An `emptyDir` or a claim of that name loses nothing.)

    Give the two different names, or delete the volume.
    (Source: pkg/controller/statefulset: updateStorage.)

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
              volumeMounts:
                - name: data
                  mountPath: /data/db
          volumes:
            - name: data  # warning: the claim template `data` replaces this volume
              configMap:
                name: seed
      volumeClaimTemplates:
        - metadata:
            name: data
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
    names = [claim["metadata"]["name"] for claim in manifest.spec["volumeClaimTemplates"]]
    claims = {name.string: name for name in names if name.string}
    for volume in manifest.spec["template"]["spec"]["volumes"] if claims else ():
        name = volume["name"]
        if name.string in claims:
            yield Problem(
                name,
                f"the claim template `{name.string}` replaces this volume in every pod of"
                f" {manifest.title}",
                related=((claims[name.string], "this claim is mounted instead"),),
                help="delete the volume, or give the two different names",
                severity=WARNING if volume.mapping.keys() - _NOTHING_LOST else INFO,
            )
