from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, is_headless, rule


@rule(INFO, "Service", fields=("clusterIP",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The port of a headless Service has no name, so it has no SRV record.

    Clients that look for `_db._tcp.db` (MongoDB's `mongodb+srv`, etcd's discovery, gRPC) find
    nothing; the name is the Service's port name, not the container's. A records work.

    Name the port. (Source: kubernetes/dns, specification 2.4.2.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - port: 27017  # info: port 27017 of headless Service `db` has no name
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
    ports = list(manifest.spec["ports"])
    if not is_headless(manifest) or len(ports) != 1:
        return  # the API server wants names where there are several
    if not ports[0]["name"].value and ports[0]["port"].integer is not None:
        yield Problem(
            ports[0]["port"].entry,
            f"port {ports[0]['port'].integer} of headless {manifest.title} has no name, so it has"
            " no SRV record",
            help="add a `name` to the port",
        )
