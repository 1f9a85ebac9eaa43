from collections.abc import Iterator

from hslint import ERROR, Fault, Manifest, Problem, rule, written_path


@rule(ERROR)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A field that the API server requires is missing.

    The server refuses the object (`Required value`), or cannot use it: a container without a name,
    a volume claim without a size, a role's rule without verbs. A field with nothing behind it is
    missing too, since nothing is null to YAML.

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
    strays = [fault for fault in manifest.faults if fault.kind == "unknown-field"]
    for fault in manifest.faults:
        if fault.kind == "missing-field" and not any(_explains(s, fault) for s in strays):
            where = written_path(fault.path)
            empty = manifest.root.at((*fault.path, fault.field)).written
            yield Problem(
                manifest.root.at((*fault.path, fault.field) if empty else fault.path),
                f"{f'`{where}`' if where else manifest.title} lacks `{fault.field}`"
                f"{' (nothing is written behind it)' if empty else ''}: the API server refuses the"
                f" {manifest.kind}",
                help=_help(fault),
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
        return f"`{fault.field}` takes {' or '.join(f'`{value}`' for value in fault.allowed)}"
    return f"`{fault.field}` takes {fault.expected}" if fault.expected else ""
