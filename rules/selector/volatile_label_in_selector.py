from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, rule

#: Labels that a controller chooses anew for every rollout.
_HASHES = ("pod-template-hash", "controller-revision-hash", "pod-template-generation")
#: Labels that carry the version of what is deployed.
_VERSIONS = ("helm.sh/chart", "chart", "app.kubernetes.io/version")


@rule(
    WARNING,
    "Service",
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    fields=(*_HASHES, *_VERSIONS),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A selector asks for a label that changes with every rollout or version.

    A Service with such a selector loses its pods when the label changes. The selector of a workload
    cannot be changed at all, so that the next version cannot be applied: `field is immutable`.

    Select labels that stay, such as `app.kubernetes.io/name` and `app.kubernetes.io/instance`.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
        pod-template-hash: 7d9c5b8f6c  # warning: `pod-template-hash` changes with every rollout
      ports:
        - port: 80
    ```

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
          helm.sh/chart: web-1.2.0  # warning: `helm.sh/chart` changes with every version
      template:
        metadata:
          labels:
            app: web
            helm.sh/chart: web-1.2.0
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
            helm.sh/chart: web-1.2.0
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```
    """
    service = manifest.kind == "Service"
    selector = manifest.spec["selector"]
    labels = selector if service else selector["matchLabels"]
    for key in labels.mapping:
        often = "rollout" if key in _HASHES else "version" if key in _VERSIONS else ""
        if not often:
            continue
        node = labels[key]
        if key == "chart" and not any(char.isdigit() for char in node.string):
            continue
        then = "the Service loses its pods" if service else "this selector can never be changed"
        # A Service may well be there for one version; a selector that cannot change never is.
        canary = service and key == "app.kubernetes.io/version"
        yield Problem(
            node.entry,
            f"`{key}` changes with every {often}, and then {then}",
            help=f"remove `{key}` from the selector",
            severity=INFO if canary else None,
        )
