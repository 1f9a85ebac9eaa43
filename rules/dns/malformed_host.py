from collections.abc import Iterator

from hslint import ERROR, REFERRERS, Answer, Manifest, Problem, World, rule


@rule(ERROR, *REFERRERS)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A host name in the cluster is built wrongly, so that no record can have it.

    A Service's full name is `SERVICE.NAMESPACE.svc.cluster.local`; one label more before it is the
    host name of a pod, and `_PORT._PROTOCOL` asks for SRV records. Anything else is answered with
    NXDOMAIN: a missing namespace, a label too much, a misspelt `cluster.local`, a `_`, a label with
    more than 63 characters.

    Correct the name. Where the cluster's domain is another one, say so with `--cluster-domain`.
    (Sources: kubernetes/dns docs/specification.md; coredns plugin/kubernetes: parse.go.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: shop
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
            - name: NAMESPACE
              value: db.svc.cluster.local  # error: the namespace of Service `db` is missing
            - name: DOMAIN
              value: db.shop.svc.cluster.loacl  # error: `cluster.loacl` is not the cluster's domain
            - name: UNDERSCORE
              value: shop_db.shop.svc.cluster.local  # error: `shop_db` has a `_`
            - name: DEPTH
              value: one.two.db.shop.svc.cluster.local  # error: `one.two` stands before
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: shop
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
        app: db
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          env:
            - name: FULL
              value: db.shop.svc.cluster.local
            - name: SRV
              value: _postgres._tcp.db.shop.svc.cluster.local
            - name: OTHER_CLUSTERS
              value: db.shop.svc.clusterset.local
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.MALFORMED):
        yield Problem(
            reference.at,
            f"`{reference.host.name}` does not resolve: {reference.answer.detail}",
            help=f"write it as `SERVICE.NAMESPACE.svc.{world.cluster_domain}`",
        )
