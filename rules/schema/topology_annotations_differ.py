from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, rule

_OLD = "service.kubernetes.io/topology-aware-hints"
_NEW = "service.kubernetes.io/topology-mode"


@rule(ERROR, "Service", fields=("service.kubernetes.io/topology-mode",), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The two annotations for topology-aware routing say different things.

    `service.kubernetes.io/topology-mode` took the place of `topology-aware-hints` in 1.27, and
    since then the API server rejects a Service on which both stand and differ.

    Remove the older one.
    (Source: pkg/apis/core/validation: ValidateService, topology annotations.)

    ```yaml bad 1.27
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      annotations:
        service.kubernetes.io/topology-mode: Auto
        service.kubernetes.io/topology-aware-hints: disabled  # error: differs from
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml good 1.26
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      annotations:
        service.kubernetes.io/topology-mode: Auto
        service.kubernetes.io/topology-aware-hints: disabled
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 80
    ```
    """
    annotations = manifest["metadata"]["annotations"]
    old, new = annotations[_OLD], annotations[_NEW]
    if manifest.minor >= 27 and old.written and new.written and old.string != new.string:
        yield Problem(
            old,
            f"`topology-aware-hints: {old.string}` differs from `topology-mode: {new.string}`, so"
            f" the API server rejects {manifest.title}",
            related=((new, "this took its place"),),
            help=f"remove `{_OLD}`",
            fix=Fix.remove(old),
        )
