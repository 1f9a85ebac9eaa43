from collections.abc import Iterator

from hslint import ERROR, WARNING, Manifest, Problem, pods_of, rule

#: A label value has 63 characters at most; the hash of a revision has 1 to 10, mostly 10.
_LIMIT, _SAFE, _LUCKY = 63, 52, 61


@rule(ERROR, "StatefulSet")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A StatefulSet's name leaves no room for what Kubernetes appends to it.

    Each pod carries the label `controller-revision-hash`: the name, a hyphen and a hash of up to 10
    digits, at most 63 characters in all. With a name of more than 52 characters it depends on the
    hash, which every change of the template changes, whether pods can be created; from 62 on none
    can. The pods' own names, with their ordinals, may not be longer than 63 either.

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
    last = max([p.ordinals.stop - 1 for p in pods_of(manifest)], default=0)
    pod, label = f"{manifest.name}-{max(last, 0)}", "`controller-revision-hash`"
    surely = True
    if length > _LIMIT and manifest.minor >= 27:
        result = f"and the API server allows {_LIMIT}"
    elif length > _LUCKY:
        result = f"so no pod can be created with its label {label}"
    elif len(pod) > _LIMIT:
        result = f"so pod `{pod}` cannot be created"
    else:
        result = f"so most templates make no pods (label {label} too long)"
        surely = False
    yield Problem(
        manifest["metadata"]["name"],
        f"the name of {manifest.title} has {length} characters, {result}",
        help=f"use at most {_SAFE} characters",
        severity=ERROR if surely else WARNING,
    )
