from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, pods_of, rule

_POD = ("spec", "template", "spec")
_CLAIMS = ("spec", "volumeClaimTemplates")
#: Fields of the items of a list in a container that cannot be empty.
_IN_CONTAINER = {
    "env": ("name",),
    "volumeMounts": ("name", "mountPath"),
    "volumeDevices": ("name", "devicePath"),
}
#: What a volume of a sort cannot do without.
_IN_VOLUME = {
    "persistentVolumeClaim": "claimName",
    "secret": "secretName",
    "configMap": "name",
    "hostPath": "path",
}


@rule(ERROR, WORKLOADS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A field that must hold something is there and empty: a name `""`, a list `[]`.

    The API server takes an empty text or list for none (`Required value`) and rejects the object,
    or up to 1.33 the pods of a StatefulSet. A claim needs an access mode and a size, a volume the
    name of what it holds.

    Write a value.
    (Source: pkg/apis/core/validation: validateContainers, ValidateEnv, ValidateVolumeMounts,
    validateVolumeSource, ValidatePersistentVolumeClaimSpec.)

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
              image: ""  # error: `image` is empty
              env:
                - name: ""  # error: `name` is empty
          volumes:
            - name: conf
              configMap: {}  # error: `configMap` has no `name`
      volumeClaimTemplates:
        - metadata: {name: data}
          spec:  # error: has no access mode
            accessModes: []
            resources: {requests: {storage: 1Gi}}
        - metadata: {name: logs}
          spec:  # error: has no size
            accessModes: [ReadWriteOnce]
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
          env:
            - name: EMPTY
              value: ""
          volumeMounts:
            - name: conf
              mountPath: /conf
      volumes:
        - name: conf
          configMap:
            name: web
    ```
    """
    for pods in pods_of(manifest):
        spec = pods.spec
        rejected = manifest.rejection(_POD)
        for node in _empty_in_pods(pods):
            yield Problem(node, f"`{node.path[-1]}` is empty, {rejected}", help="write a value")
        for node, field in _hollow(spec):
            message = f"`{node.path[-1]}` has no `{field}`, {rejected}"
            yield Problem(node, message, help=f"write `{field}`")
    if "volumeClaimTemplates" in manifest.spec.mapping and "." not in manifest.type:
        for claim in manifest.spec["volumeClaimTemplates"]:
            yield from _claim(manifest, claim["spec"])
            if not claim["metadata"]["name"].value:
                message = f"this claim has no name, {manifest.rejection(_CLAIMS)}"
                yield Problem(claim, message, help="write `metadata.name`")


def _empty_in_pods(pods: Pods) -> Iterator[Node]:
    """The empty fields of containers and volumes; plain values are walked, for most are none."""
    spec = pods.spec
    if spec.mapping.get("containers") == []:
        yield spec["containers"]
    for container, field, number in pods.plain_containers:
        if field == "ephemeralContainers":
            continue
        for name in _if_empty(container, ("name", "image")):
            yield spec[field][number][name]
        for many, fields in _IN_CONTAINER.items():
            for index, item in enumerate(_list(container.get(many))):
                for name in _if_empty(item, fields):
                    yield spec[field][number][many][index][name]
    for index, volume in enumerate(_list(spec.mapping.get("volumes"))):
        for name in _if_empty(volume, ("name",)):
            yield spec["volumes"][index][name]


def _hollow(spec: Node) -> Iterator[tuple[Node, str]]:
    """Volumes that do not say what they hold, with the field that would."""
    for volume in spec["volumes"] if "volumes" in spec.mapping else ():
        for sort, field in _IN_VOLUME.items():
            held = volume.mapping.get(sort)
            needed = sort in ("persistentVolumeClaim", "hostPath")  # missing-field says so
            if isinstance(held, dict) and not held.get(field) and (field in held or not needed):
                yield volume[sort], field


def _if_empty(value: object, fields: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, dict):
        for field in fields:
            if value.get(field) == "":
                yield field


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _claim(manifest: Manifest, spec: Node) -> Iterator[Problem]:
    rejected = manifest.rejection(_CLAIMS)
    if not spec["accessModes"].value:
        yield Problem(
            spec, f"this claim has no access mode, {rejected}", help="write `accessModes`"
        )
    if spec["resources"]["requests"]["storage"].value is None:
        yield Problem(
            spec, f"this claim has no size, {rejected}", help="write `resources.requests.storage`"
        )
