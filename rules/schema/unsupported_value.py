from collections.abc import Iterator, Sequence

from hslint import ERROR, SAFE, UNSAFE, Fault, Fix, Manifest, Problem, rule


@rule(ERROR, fixes=(SAFE, UNSAFE))
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A field has a value that is not among the few it takes.

    The API server rejects the object (`Unsupported value`). Values are case-sensitive: `TCP` is a
    protocol, `tcp` is none. A value that needs a feature gate which is off is none of them either,
    such as the strategy `Recreate` of StatefulSets in 1.37.

    Write one of the values that the message names.

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
        - name: db
          port: 5432
          protocol: tcp  # error: `protocol` takes `SCTP`, `TCP` or `UDP`
    ```

    ```yaml bad 1.37
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      serviceName: db
      podManagementPolicy: Paralel  # error: takes `OrderedReady` or `Parallel`, not `Paralel`
      updateStrategy:
        type: Recreate  # error: takes `OnDelete` or `RollingUpdate`, not `Recreate`
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
            - name: db
              image: mongo:8
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
          port: 5432
          protocol: TCP
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:17
          ports:
            - containerPort: 5432
    ```
    """
    for fault in faults:
        if fault.kind != "unsupported-value" or fault.since is not None:
            continue  # too-new-field says what is too new
        values = [f"`{value}`" for value in fault.allowed]
        either = " or ".join(filter(None, (", ".join(values[:-1]), values[-1])))
        same = fault.near is not None and fault.near.lower() == str(fault.value).lower()
        case = " (values are case-sensitive)" if same else ""
        node = manifest.root.at(fault.path)
        yield Problem(
            node,
            f"`{fault.field}` takes {either}, not `{fault.value}`{case},"
            f" {manifest.rejection(fault.path)}",
            help=f"write `{fault.field}: {fault.near}`" if fault.near else "write one of these",
            fix=Fix.write(node, fault.near, safe=same) if fault.near else None,
        )
