from collections.abc import Iterator

from hslint import INFO, SAFE, Fix, Manifest, Problem, rule


@rule(INFO, "Service", fields=("trafficDistribution", "externalIPs"), fixes=(SAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service uses what Kubernetes is going to drop.

    It still works, and the API server warns of it: of `externalIPs` since 1.36, since anybody who
    may write a Service can take traffic away from any address with them; of `trafficDistribution:
    PreferClose` since 1.35, which has a clearer name now.

    Use a Service of type LoadBalancer or a Gateway for addresses outside, and `PreferSameZone`.
    (Source: pkg/api/service: GetWarningsForService; kubernetes/enhancements#5707.)

    ```yaml bad 1.36
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      trafficDistribution: PreferClose  # info: `PreferClose` is deprecated since 1.35
      externalIPs:  # info: `externalIPs` is deprecated since 1.36
        - 203.0.113.7
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml good 1.34
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      trafficDistribution: PreferClose
      externalIPs:
        - 203.0.113.7
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 80
    ```
    """
    spec, minor = manifest.spec, manifest.minor
    if minor >= 35 and spec["trafficDistribution"].string == "PreferClose":
        yield Problem(
            spec["trafficDistribution"],
            "`PreferClose` is deprecated since 1.35, so the API server warns of it",
            help="write `trafficDistribution: PreferSameZone`",
            fix=Fix.write(spec["trafficDistribution"], "PreferSameZone", safe=True),
        )
    if minor >= 36 and spec["externalIPs"].value:
        yield Problem(
            spec["externalIPs"].key,
            "`externalIPs` is deprecated since 1.36, so the API server warns of it",
            help="use a Service of type LoadBalancer, or a Gateway",
        )
