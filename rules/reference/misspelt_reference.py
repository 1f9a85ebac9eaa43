from collections.abc import Iterator

from hslint import (
    UNSAFE,
    WARNING,
    WORKLOADS,
    Fix,
    Manifest,
    Need,
    Problem,
    World,
    closest,
    key_names,
    namesakes,
    rule,
)

_RESULTS = {
    "ConfigMap": "the container does not start",
    "Secret": "the container does not start",
    "PersistentVolumeClaim": "the pods wait for it",
    "ServiceAccount": "no pod can be created",
}


@rule(
    WARNING,
    WORKLOADS,
    fields=(
        "configMap",
        "configMapKeyRef",
        "configMapRef",
        "persistentVolumeClaim",
        "secret",
        "secretKeyRef",
        "secretRef",
        "serviceAccount",
        "serviceAccountName",
    ),
    fixes=(UNSAFE,),
)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods name a ConfigMap, Secret, claim or ServiceAccount that is not here, but a like one is.

    The one that is here is used by no pods, or has the very keys that are needed, so its name was
    probably meant. Nothing rejects the name: the pods wait, the containers do not start, or no pod
    can be created.

    Correct the name.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      log-level: info
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          envFrom:
            - configMapRef:
                name: web-cofnig  # warning: no ConfigMap `web-cofnig` in the files given
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      log-level: info
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          envFrom:
            - configMapRef:
                name: web-config
    ```
    """
    said = set()
    for pods in world.pods_of(manifest):
        for need in world.needs(pods):
            name = need.called
            if not name or need.optional or (need.kind, name) in said:
                continue
            if world.named(need.kind, name, manifest):
                continue
            said.add((need.kind, name))
            meant = _meant(need, manifest, world)
            if meant is None or world.is_made(need.kind, name) or _is_claimed(need, world):
                continue
            where = ""
            help_ = f"write `{need.name.path[-1]}: {meant.name}`"
            if meant.name == name:
                where = f" (one is in namespace `{meant.namespace}`)"
                help_ = (
                    f"put both into one namespace, `{manifest.namespace}` or `{meant.namespace}`"
                )
            yield Problem(
                need.name,
                f"no {need.kind} `{name}` in the files given{where}, so {_RESULTS[need.kind]}",
                related=((meant["metadata"]["name"], f"did you mean this {need.kind}?"),),
                help=help_,
                fix=Fix.write(need.name, meant.name) if meant.name != name else None,
            )


def _meant(need: Need, of: Manifest, world: World) -> Manifest | None:
    """The object whose name was probably meant, written beside: unused, or with the keys needed."""
    name = need.called
    if need.kind == "ServiceAccount" and name == "default":
        return None
    for other in world.elsewhere(need.kind, name, of):
        if other.file == of.file:
            return other
    keys = {key.string for key in need.keys}
    likely = {
        other.name: other
        for other in world.beside(need.kind, of, name)
        if not world.is_needed(other) or (keys and keys <= key_names(other))
    }
    near = closest(name, likely) if likely else None
    if near is None:
        return None
    # What is written in one file, or for this workload, goes together.
    other = likely[near]
    together = other.file == of.file or namesakes(other.name, of.name)
    return other if together or name.lower() == near.lower() else None


def _is_claimed(need: Need, world: World) -> bool:
    """Whether the name is that of a claim which a StatefulSet makes."""
    if need.kind != "PersistentVolumeClaim":
        return False
    return any(
        need.called.startswith(f"{claim['metadata']['name'].string}-{owner.name}-")
        for owner in world.all("StatefulSet")
        for claim in owner.spec["volumeClaimTemplates"]
    )
