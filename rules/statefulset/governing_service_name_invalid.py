from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, formats, rule


@rule(ERROR, "StatefulSet", fields=("serviceName",), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A StatefulSet's `serviceName` cannot be the name of a Service.

    It becomes the subdomain of every pod, which is a single DNS label: no dots, no capitals. The
    API server rejects anything else since 1.33; older ones accept it, and then no pod can be
    created.

    Write the plain name of the Service, without namespace and domain.
    (Source: pkg/apis/apps/validation: ValidateStatefulSetSpec; pkg/apis/core/validation.)

    ```yaml bad
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db.prod.svc.cluster.local  # error: the API server rejects StatefulSet `db`
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

    ```yaml bad 1.32
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db.prod  # error: no pod of StatefulSet `db` can be created
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
    name = manifest.spec["serviceName"]
    reason = formats.dns_label(name.string) if name.string else ""
    if not reason:
        return
    plain = name.string.partition(".")[0].lower()
    is_name = not formats.dns_label(plain)
    yield Problem(
        name,
        f"`{name.string}` cannot be the name of a Service: {reason}, so "
        + (
            f"the API server rejects {manifest.title}"
            if manifest.minor >= 33
            else f"no pod of {manifest.title} can be created"
        ),
        help=f"write `serviceName: {plain}`" if is_name else "write the plain name of the Service",
        fix=Fix.write(name, plain) if is_name else None,
    )
