from collections.abc import Iterator

from hslint import ERROR, WARNING, Manifest, Problem, World, rule

#: A label value has 63 characters at most; the hash of a revision has 1 to 10, mostly 10.
_LIMIT, _SAFE, _LUCKY = 63, 52, 61


@rule(ERROR, "StatefulSet")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A StatefulSet's name leaves no room for what Kubernetes appends to it.

    Each pod carries the label `controller-revision-hash`: the name, a hyphen and a hash of up to 10
    digits, 63 characters in all. With a name of more than 52 characters it depends on the hash, which
    every change of the template changes, whether pods can be created; from 62 on none can. The pods'
    own names, with their ordinals, may not be longer than 63 either.

    Use a name of at most 52 characters.
    (Source: pkg/controller/history: ControllerRevisionName; kubernetes/kubernetes#64023.)

    ```yaml bad
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: a-long-name-with-the-cluster-and-the-region-and-the-team  # warning: has 56 characters
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
    ```
    """
    length = len(manifest.name)
    if length <= _SAFE:
        return
    node = manifest["metadata"]["name"]
    shorter = f"use at most {_SAFE} characters"
    last = max((str(p.ordinals.stop - 1) for p in world.pods_of(manifest) if p.ordinals), default="")
    if length > _LIMIT and manifest.minor >= 27:
        rejected = f"has {length} characters, and the API server allows {_LIMIT}"
        yield Problem(node, f"the name of {manifest.title} {rejected}", help=shorter)
    elif length > _LUCKY:
        message = f"the name of {manifest.title} has {length} characters: no pod can be created"
        label = "the label `controller-revision-hash` gets too long"
        yield Problem(node, f"{message}, since {label}", help=shorter)
    elif length + 1 + len(last) > _LIMIT:
        message = f"the name of {manifest.title} has {length} characters: pod `{manifest.name}-{last}`"
        yield Problem(node, f"{message} cannot be created, its name gets too long", help=shorter)
    else:
        yield Problem(
            node,
            f"the name of {manifest.title} has {length} characters: with most templates no pod can"
            " be created, since the label `controller-revision-hash` gets too long",
            help=shorter,
            severity=WARNING,
        )
