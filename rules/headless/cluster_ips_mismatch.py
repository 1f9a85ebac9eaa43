from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, rule


@rule(ERROR, "Service", fields=("clusterIPs",), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service's `clusterIPs` does not go with its `clusterIP`.

    The API server rejects it. `clusterIPs` repeats `clusterIP` as its first value and may add the
    IP of the other family; it never stands alone, and `None` is never one of two.

    For a headless Service write `clusterIP: None` and leave `clusterIPs` out.
    (Source: pkg/apis/core/validation: ValidateServiceClusterIPsRelatedFields.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIPs:  # error: `clusterIPs` is set and `clusterIP` is not
        - None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      clusterIPs:
        - 10.96.0.20  # error: `10.96.0.20` differs from `clusterIP`, which is `None`
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      clusterIPs:
        - None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```
    """
    one, several = manifest.spec["clusterIP"], manifest.spec["clusterIPs"]
    values = [each.string for each in several]
    if not values or manifest.spec["type"].string == "ExternalName":
        return  # cluster-ip-type-conflict speaks of ExternalName
    rejected = f"so the API server rejects {manifest.title}"
    if not one.string:
        yield Problem(
            several,
            f"`clusterIPs` is set and `clusterIP` is not, {rejected}",
            help=f"write `clusterIP: {values[0]}`",
            fix=Fix.put(manifest.spec, "clusterIP", values[0]),
        )
    elif values[0] != one.string:
        yield Problem(
            several[0],
            f"`{values[0]}` differs from `clusterIP`, which is `{one.string}`, {rejected}",
            related=((one, "the first of `clusterIPs` must be the same"),),
            help="leave `clusterIPs` out",
            fix=Fix.remove(several),
        )
    elif "None" in values and len(values) > 1:
        yield Problem(
            several[1],
            f"`None` must be the only one of `clusterIPs`, {rejected}",
            related=((one, "this makes the Service headless"),),
            help="leave `clusterIPs` out",
            fix=Fix.remove(several),
        )
