from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, is_headless, rule


@rule(INFO, "Service", fields=("clusterIP",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A headless Service has no ports.

    That is legal, and A records work. But there are no SRV records, a ServiceMonitor finds no port
    to scrape, and some meshes leave such a Service out.

    Add the ports that the pods listen on, with names, if anybody asks for them by name.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:  # info: headless Service `db` has no ports
      clusterIP: None
      selector:
        app: db
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```
    """
    if is_headless(manifest) and not manifest.spec["ports"].value:
        yield Problem(
            manifest.spec["ports"],
            f"headless {manifest.title} has no ports, so it has no SRV records",
            help="add the ports of the pods, with names",
        )
