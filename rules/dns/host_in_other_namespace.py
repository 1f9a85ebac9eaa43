from collections.abc import Iterator

from hslint import INFO, REFERRERS, UNSAFE, WARNING, Answer, Fix, Manifest, Problem, World, rule


@rule(WARNING, *REFERRERS, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A host name leads to a Service that exists, but in another namespace.

    A short name is looked up in the namespace of the pod that asks, and a name with a namespace in
    that one only. Here the Service is in neither: the name does not resolve, or it reaches another
    Service of the same name.

    Write the Service's own namespace: `db.data`, or `db.data.svc.cluster.local` in full.
    (Source: kubelet pkg/kubelet/network/dns: the search path begins with the pod's namespace.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: data
    spec:
      selector:
        app: db
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      namespace: shop
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          env:
            - name: SHORT
              value: postgres://db:5432/web  # warning: `db` is looked up in namespace `shop`
            - name: FULL
              value: db.dta.svc.cluster.local  # warning: is in namespace `data`, not in `dta`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: data
    spec:
      selector:
        app: db
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      namespace: shop
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          env:
            - name: SHORT
              value: postgres://db.data:5432/web
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
      namespace: data
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:18
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.OTHER_NAMESPACE):
        record, there, host = reference.record, reference.answer.detail, reference.host.name
        service = reference.answer.services[0]
        severity = world.absence(manifest, "Service")
        is_there = f"{service.title} is in namespace `{there}`"
        if record.full:
            message = f"{is_there}, not in `{record.namespace}`, so `{host}` does not resolve"
            meant = host.replace(f".{record.namespace}.svc", f".{there}.svc", 1)
        else:
            message = f"`{host}` is looked up in namespace `{record.namespace}`, and {is_there}"
            meant = f"{host}.{there}"
            if severity is WARNING and _folder(service) != _folder(manifest):
                severity = INFO  # both namespaces may well have a Service of this name
        yield Problem(
            reference.at,
            message,
            related=((service["metadata"]["namespace"], "the Service's namespace"),),
            help=f"write `{meant}`",
            fix=Fix.swap(reference.at, host, meant),
            severity=severity,
        )


def _folder(manifest: Manifest) -> str:
    return manifest.file.rpartition("/")[0]
