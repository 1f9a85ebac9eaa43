from collections.abc import Iterator

from hslint import INFO, UNSAFE, WARNING, Fix, Manifest, Problem, rule


@rule(WARNING, "StatefulSet", fields=("hostname", "subdomain"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The template of a StatefulSet sets `hostname` or `subdomain`, which are overwritten.

    The controller gives every pod its own name as `hostname` and the `serviceName` as `subdomain`,
    whatever the template says: the names that are written here never resolve.

    Delete the two; write the Service's name in `serviceName`.
    (Source: pkg/controller/statefulset: initIdentity.)

    ```yaml bad
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
          hostname: mongo  # warning: `hostname: mongo` is overwritten
          subdomain: data  # warning: `subdomain: data` is overwritten
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
    service = manifest.spec["serviceName"]
    pod = manifest.spec["template"]["spec"]
    hostname, subdomain = pod["hostname"], pod["subdomain"]
    if hostname.string:
        yield Problem(
            hostname.entry,
            f"`hostname: {hostname.string}` is overwritten, so the pods are called"
            f" `{manifest.name}-0` and so on",
            help="delete it",
            fix=Fix.remove(hostname),
        )
    if subdomain.string:
        same = subdomain.string == service.string
        yield Problem(
            subdomain.entry,
            f"`subdomain: {subdomain.string}` is overwritten with the `serviceName`, which is"
            f" `{service.string}`",
            related=((service, "this is the subdomain of the pods"),) if service.string else (),
            help="delete it"
            if service.string
            else f"delete it, and write `serviceName: {subdomain.string}`",
            severity=INFO if same else WARNING,
            fix=Fix.remove(subdomain)
            if service.string
            else Fix.remove(subdomain) + Fix.put(manifest.spec, "serviceName", subdomain.string),
        )
