from collections.abc import Iterator
from posixpath import normpath

from hslint import (
    INFO,
    UNSAFE,
    WARNING,
    WORKLOADS,
    Fix,
    Manifest,
    Need,
    Node,
    Problem,
    World,
    closest,
    key_names,
    keys_of,
    rule,
)

#: What the control plane writes into a Secret of this type.
_TOKEN = "kubernetes.io/service-account-token"
#: A ConfigMap whose content something fills in has such a label or annotation.
_INJECTED = ("inject-ca-from", "inject-trusted-cabundle", "inject-cabundle", "inject-apiserver-ca")


@rule(
    WARNING,
    WORKLOADS,
    fields=("configMap", "configMapKeyRef", "configMapRef", "secret", "secretKeyRef", "secretRef"),
    fixes=(UNSAFE,),
)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods need a key that their ConfigMap or Secret does not have.

    Nothing rejects it, but the container does not start (`CreateContainerConfigError`), or the
    volume is not mounted. A `subPath` that is no key of a mounted ConfigMap gives an empty
    directory, where a file was meant; with `items`, so does one that is none of their paths.

    Correct the key, or add it; `optional: true` lets the pods start without it.
    (Source: pkg/kubelet: makeEnvironmentVariables; pkg/volume/configmap: MakePayload.)

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
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
          env:
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: web
                  key: loglevel  # warning: ConfigMap `web` has no key `loglevel`
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
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
          env:
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: web
                  key: log-level
    ```
    """
    for pods in world.pods_of(manifest):
        for need in world.needs(pods):
            yield from _strays(need)
            if need.optional or not need.wanted or need.kind not in ("ConfigMap", "Secret"):
                continue
            holders = world.named(need.kind, need.called, manifest)
            known = set().union(*map(key_names, holders))
            if not holders or known.issuperset(need.wanted) or any(map(_is_filled, holders)):
                continue
            if world.is_filled(need.kind, need.called):
                continue
            for node in need.keys:
                if node.string and node.string not in known:
                    yield _problem(node, need, holders[0], "the container does not start")
            for node in need.mounts if not need.files else ():
                # Longer paths go below a directory, which only `items` can make.
                if "/" not in node.string and node.string not in known:
                    yield _problem(node, need, holders[0], "an empty directory is mounted instead")


def _problem(node: Node, need: Need, holder: Manifest, result: str) -> Problem:
    keys = keys_of(holder)
    near = closest(node.string, keys) or ""
    related = [(keys[near].key, f"it has `{near}`")] if near else []
    related += [(holder["metadata"]["name"], f"this is the {need.kind}")] if not near else []
    return Problem(
        node,
        f"{holder.title} has no key `{node.string}`, so {result}",
        related=tuple(related),
        help=f"write `{node.path[-1]}: {near}`" if near else f"add it to the {need.kind}",
        fix=Fix.write(node, near) if near else None,
        # Without any keys, it is for something else to fill in.
        severity=WARNING if keys else INFO,
    )


def _strays(need: Need) -> Iterator[Problem]:
    """Mounts of what a volume does not have, since its `items` say what it has."""
    for node in need.mounts if need.files and all(need.files) else ():
        path = normpath(node.string)
        if any(f"{normpath(file)}/".startswith(f"{path}/") for file in need.files):
            continue
        near = closest(path, need.files) or ""
        yield Problem(
            node,
            f"the `items` of this volume make no file `{path}`, so an empty directory is mounted",
            related=((need.items, "the volume has these alone"),),
            help=f"write `subPath: {near or need.files[0]}`",
            fix=Fix.write(node, near) if near else None,
        )


def _is_filled(holder: Manifest) -> bool:
    """Whether something in the cluster writes into a ConfigMap or Secret."""
    metadata = holder["metadata"]
    marks = [*metadata["labels"].mapping, *metadata["annotations"].mapping]
    return holder["type"].string == _TOKEN or any(mark.endswith(_INJECTED) for mark in marks)
