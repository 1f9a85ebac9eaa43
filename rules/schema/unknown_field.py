from collections.abc import Iterator, Sequence
from copy import deepcopy

from hslint import ERROR, SAFE, UNSAFE, Fault, Fix, Manifest, Problem, rule, written_path


@rule(ERROR, fixes=(SAFE, UNSAFE))
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A field is written that its place does not have.

    `kubectl apply` rejects the object (`strict decoding error: unknown field`); tools that do not
    ask for strict decoding send it, and the field is silently dropped: the Service is not headless,
    the limit is not set. Names are case-sensitive, so `clusterIp` is no field either. Most often
    the field is misspelt or stands one level too high or too low.

    Correct the name, or move the field to where it belongs.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    labels:  # error: Service `db` has no field `labels`
      app: db
    spec:
      clusterIp: None  # error: `spec` has no field `clusterIp`
      selector:
        app: db
      ports:
        - name: db
          port: 5432
          protcol: TCP  # error: `spec.ports[0]` has no field `protcol`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      labels:
        app: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:17
          ports:
            - containerPort: 5432
    ```
    """
    for alike in _together(faults):
        first = alike[0]
        where = written_path(first.path[:-1])
        names = " and ".join(f"`{fault.field}`" for fault in alike)
        what = f"`{where}`" if where else manifest.title
        yield Problem(
            manifest.root.at(first.path).key,
            f"{what} has no field{'s' if len(alike) > 1 else ''} {names}{_meant(first)}, so"
            f" kubectl rejects {manifest.title}",
            help=_help(first),
            fix=_fix(manifest, first) if len(alike) == 1 else None,
        )


def _together(faults: Sequence[Fault]) -> Iterator[list[Fault]]:
    """The unknown fields; those of one place that one move or one renaming mends are together."""
    groups: dict[object, list[Fault]] = {}
    for fault in faults:
        if fault.kind == "unknown-field" and fault.since is None:
            meant = fault.belongs or fault.near
            place = fault.path[:-1] if meant is not None else fault.path
            groups.setdefault((place, meant), []).append(fault)
    yield from groups.values()


def _meant(fault: Fault) -> str:
    if fault.belongs is not None:
        return f", but {_home(fault)} has"
    if fault.near and fault.near.lower() == fault.field.lower():
        return " (names are case-sensitive)"
    if fault.until:
        return f" (Kubernetes 1.{fault.until} was the last version with it)"
    return ""


def _help(fault: Fault) -> str:
    if fault.belongs is not None:
        return f"move it into {_home(fault)}"
    if fault.near:
        same = fault.near.lower() == fault.field.lower()
        return f"write `{fault.near}`" if same else f"write `{fault.near}`, if that is meant"
    if fault.path[:-1] == ("metadata",) and "/" in fault.field:
        return "put it under `metadata.annotations` or `metadata.labels`"
    if 0 < len(fault.allowed) <= 8:
        return (
            f"write one of its fields: {', '.join(f'`{name}`' for name in sorted(fault.allowed))}"
        )
    return "remove it, or move it to where it belongs"


def _fix(manifest: Manifest, fault: Fault) -> Fix | None:
    node = manifest.root.at(fault.path)
    if fault.belongs is not None:
        home = manifest.root.at(fault.belongs)
        if home.mapping and isinstance(fault.value, (str, int)):
            return Fix.add(home, fault.field, fault.value) + Fix.remove(node)
    elif fault.near and _fits(manifest, fault.path, fault.near):
        return Fix.rename(node, fault.near, safe=fault.near.lower() == fault.field.lower())
    return None


def _fits(manifest: Manifest, path: tuple[str | int, ...], name: str) -> bool:
    """Whether the schema takes the value under another name: some words changed their meaning."""
    renamed = (*path[:-1], name)
    root = many = deepcopy(manifest.root.value)
    for step in path[:-1]:
        many = many[step]
    many[name] = many.pop(path[-1])
    faults = manifest.schemas.faults(root) if manifest.schemas else ()
    return not any(fault.path[: len(renamed)] == renamed for fault in faults or ())


def _home(fault: Fault) -> str:
    """The mapping that has the field, told from where the field stands now."""
    here, home = fault.path[:-1], fault.belongs or ()
    if home and home[: len(here)] == here:
        home = home[len(here) :]
    return f"`{written_path(home)}`" if home else "the object itself"
