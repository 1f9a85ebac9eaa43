from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(ERROR, "Service")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service has no ports.

    The API server rejects it (`spec.ports: Required value`). Only a headless Service, which is all
    about names, and one of type ExternalName can do without.

    List the ports that clients connect to; or write `clusterIP: None` if the Service is there for
    the DNS names of its pods.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:  # error: Service `web` has no ports
      selector:
        app: web
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: peers
    spec:
      clusterIP: None
    ```
    """
    # Source: pkg/apis/core/validation: ValidateService (ports are required unless headless or
    # ExternalName). Any case of "none" means headless here: the value is another rule's finding.
    spec = manifest.spec.mapping
    if spec.get("ports") or spec.get("type") == "ExternalName":
        return
    several = spec.get("clusterIPs")
    addresses = [spec.get("clusterIP"), *(several if isinstance(several, list) else ())]
    if not any(isinstance(ip, str) and ip.lower() == "none" for ip in addresses):
        yield Problem(
            manifest.spec["ports"],
            f"{manifest.title} has no ports, so the API server rejects it",
            help="list the ports clients connect to under `spec.ports`",
        )
