from collections.abc import Iterator, Sequence

from hslint import ERROR, INFO, Fault, Manifest, Problem, World, rule, written_path

_UNPATCHED = (("spec",), ("spec", "selector"), ("spec", "template"))
_KUBEADM = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")


@rule(ERROR)
def check(manifest: Manifest, faults: Sequence[Fault], world: World) -> Iterator[Problem]:
    """A field that the API server requires is missing.

    The server rejects the object (`Required value`), or cannot use it: a container without a name,
    a volume claim without a size, a role's rule without verbs. A field with nothing behind it is
    missing too, since nothing is null to YAML. Up to 1.33 the server accepts a StatefulSet without
    looking at its template, and then no pod of it can be created.

    Add the field.

    ```yaml bad
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: reader
    rules:
      - apiGroups: [""]  # error: `rules[0]` lacks `verbs`
        resources: [pods]
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
            - name: db  # error: lacks `image`, so no pod of StatefulSet `db` can be created
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
            - name: db  # error: lacks `image`, so the API server rejects StatefulSet `db`
    ```

    ```yaml good
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: reader
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get]
    ```
    """
    groups: dict[tuple[object, str | None], list[Fault]] = {}
    strays = [fault for fault in faults if fault.kind == "unknown-field"]
    for fault in faults:
        if fault.kind == "missing-field" and not any(_explains(s, fault) for s in strays):
            written = manifest.root.at((*fault.path, fault.field)).written
            groups.setdefault((fault.path, fault.field if written else None), []).append(fault)
    for (_, empty), missing in groups.items():
        where = written_path(missing[0].path)
        names = " and ".join(f"`{fault.field}`" for fault in missing)
        yield Problem(
            manifest.root.at((*missing[0].path, empty) if empty else missing[0].path),
            f"{f'`{where}`' if where else manifest.title} lacks {names}"
            f"{' (nothing is written behind it)' if empty else ''},"
            f" {manifest.rejection((*missing[0].path, missing[0].field))}",
            help="; ".join(filter(None, map(_help, missing))),
            severity=INFO if _is_patch(manifest, world) else None,
        )


def _is_patch(manifest: Manifest, world: World) -> bool:
    """Whether the object is likely a part of one: a patch that nothing here names as such.

    It lacks what a patch has no need to repeat, and a fuller object of its name is in another file;
    or it is one of the Pods that kubeadm writes itself and patches (kubernetes.io/docs/setup:
    control-plane-flags, "patches").
    """
    if manifest.kind == "Pod" and manifest.name in _KUBEADM and manifest.namespace == "kube-system":
        return True
    if not any((*f.path, f.field) in _UNPATCHED for f in manifest.faults):
        return False
    return any(
        other.file != manifest.file and not any(f.kind == "missing-field" for f in other.faults)
        for other in world.named(manifest.type, manifest.name, manifest)
    )


def _explains(stray: Fault, missing: Fault) -> bool:
    """Whether the missing field is there under another name or in another place.

    unknown-field says so already.
    """
    if stray.path[:-1] == missing.path and stray.near == missing.field:
        return True
    place = (*missing.path, missing.field)
    if stray.belongs is None:
        return False
    return (*stray.belongs, stray.field) == place or stray.belongs[: len(place)] == place


def _help(fault: Fault) -> str:
    if fault.allowed:
        return (
            f"write `{fault.field}`, which takes"
            f" {' or '.join(f'`{value}`' for value in fault.allowed)}"
        )
    expected = "" if fault.expected == "a string" else fault.expected
    return f"write `{fault.field}`" + (f", which takes {expected}" if expected else "")
