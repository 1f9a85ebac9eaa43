from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Node, Problem, is_headless, rule


@rule(WARNING, "Service", fields=("loadBalancerIP",), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service says `loadBalancerIP: None`, which does not make it headless.

    `None` means "no virtual IP" only in `clusterIP`. In `loadBalancerIP` it is no IP address and
    nobody reads it: the Service gets a virtual IP, and its name does not resolve to the pods.

    Write `clusterIP: None` instead, or leave the line out if a virtual IP is wanted.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: speaker
    spec:
      loadBalancerIP: None  # warning: does not make Service `speaker` headless
      selector:
        app: speaker
      ports:
        - name: monitoring
          port: 7472
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: speaker
    spec:
      clusterIP: None
      selector:
        app: speaker
      ports:
        - name: monitoring
          port: 7472
    ```
    """
    value = manifest.spec["loadBalancerIP"]
    if value.string.lower() == "none" and not is_headless(manifest):
        yield Problem(
            value,
            f"`loadBalancerIP: {value.string}` does not make {manifest.title} headless, so it gets"
            " a virtual IP",
            help="write `clusterIP: None`, or leave the line out",
            fix=_fix(manifest.spec, value),
        )


def _fix(spec: Node, value: Node) -> Fix | None:
    if spec["clusterIP"].written or spec["type"].string not in ("", "ClusterIP"):
        return None
    rename = Fix.rename(value, "clusterIP")
    return rename if value.string == "None" else Fix.write(value, "None") + rename
