from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, formats, has_placeholder, rule

_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges"


@rule(ERROR, "Service", fields=(_ANNOTATION,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The annotation for the source ranges of a load balancer holds none, or has no load balancer.

    The API server rejects `service.beta.kubernetes.io/load-balancer-source-ranges` on a Service of
    another type than LoadBalancer, and in it what is no block of addresses. Where
    `loadBalancerSourceRanges` says the ranges, it does not look at the annotation.

    Write blocks with commas between them; better, write `loadBalancerSourceRanges` under `spec`.
    (Source: pkg/apis/core/validation: ValidateService.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      annotations:
        service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.1  # error: no block
    spec:
      type: LoadBalancer
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: inner
      annotations:
        service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8  # error: of type
    spec:
      ports:
        - port: 80
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      annotations:
        service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8, 192.0.2.0/24
    spec:
      type: LoadBalancer
      ports:
        - port: 80
    ```
    """
    node = manifest["metadata"]["annotations"][_ANNOTATION]
    text, kind = node.string.strip(), manifest.spec["type"].string or "ClusterIP"
    if not node.written or manifest.spec["loadBalancerSourceRanges"].value:
        return
    rejected = f"so the API server rejects {manifest.title}"
    if kind != "LoadBalancer" and not has_placeholder(kind):
        yield Problem(
            node.key,
            "source ranges are for Services of type LoadBalancer, and this one is of type"
            f" {kind}, {rejected}",
            help="write `type: LoadBalancer` under `spec`, or remove the annotation",
        )
    if not text or has_placeholder(text):
        return
    for block in map(str.strip, text.split(",")):
        if reason := formats.cidr(block, manifest.minor):
            yield Problem(
                node,
                f"`{block}` is no block of addresses: {reason}, {rejected}",
                help="write blocks with commas between them, such as `203.0.113.0/24`",
            )
