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
    spec = manifest.spec
    addresses = [spec["clusterIP"].string, *(node.string for node in spec["clusterIPs"])]
    if spec["type"].string == "ExternalName" or any(ip.lower() == "none" for ip in addresses):
        return
    if not spec["ports"].value:
        yield Problem(
            spec["ports"],
            f"{manifest.title} has no ports, so the API server rejects it",
            help="list the ports clients connect to under `spec.ports`",
        )
