from collections.abc import Iterator

from hslint import INFO, REFERRERS, UNSAFE, WARNING, Answer, Fix, Manifest, Problem, World, rule


@rule(WARNING, *REFERRERS, fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A host name leads to a Service that is not in the files, though a similar one is.

    The name does not resolve in the cluster: the program fails with NXDOMAIN or "unknown host", and
    nothing checks it before.

    Correct the name. Where no Service of the namespace has a similar name it may well be somebody
    else's, and this is only worth knowing; so it is in namespaces of which the files hold nothing.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-db
      namespace: shop
    spec:
      selector:
        app: shop-db
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
            - name: PRIMARY
              value: shp-db.shop.svc.cluster.local  # warning: there is no Service `shp-db` in
            - name: REPORTS
              value: postgres://web:pw@shopdb/web  # warning: no Service `shopdb`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-db
      namespace: shop
    spec:
      selector:
        app: shop-db
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
        app: shop-db
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          env:
            - name: PRIMARY
              value: shop-db.shop.svc.cluster.local
            - name: METRICS
              value: http://prometheus.monitoring.svc:9090
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.NO_SERVICE):
        record, near, host = reference.record, reference.answer.detail, reference.host.name
        severity = world.absence(manifest, "Service")
        where = f"in namespace `{record.namespace}`" if record.namespace else "in the files given"
        meant = world.all_named("Service", near)[:1]
        better = host.replace(record.service, near, 1) if near else ""
        yield Problem(
            reference.at,
            f"there is no Service `{record.service}` {where}, so `{host}` does not resolve",
            related=tuple((s["metadata"]["name"], "did you mean this Service?") for s in meant),
            help=f"write `{better}`" if near else "correct the name, or add the Service",
            fix=Fix.swap(reference.at, host, better) if near else None,
            severity=INFO if severity is WARNING and not near else severity,
        )
