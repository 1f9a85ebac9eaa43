from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, is_headless, rule, service_ports


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
    if not is_headless(manifest) or len(service_ports(manifest)) != 1:
        return  # the API server wants names where there are several
    (port,) = service_ports(manifest)
    if not port.mapping.get("name") and port.number is not None:
        yield Problem(
            port.node["port"].entry,
            f"port {port.number} of headless {manifest.title} has no name, so it has no SRV record",
            help="add a `name` to the port",
        )
