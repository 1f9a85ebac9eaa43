from collections.abc import Iterator

from hslint import ERROR, WARNING, Manifest, Node, Problem, World, is_headless, rule


@rule(
    ERROR,
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
    "CustomResourceDefinition",
    "APIService",
    fields=("conversion", "service"),
)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A webhook or APIService names a headless Service, which the API server cannot call.

    The API server calls the Service's virtual IP and does not ask DNS. Without one every call fails
    with `cannot route to service with ClusterIP "None"`, and with `failurePolicy: Fail` so does
    every request that the webhook is for.

    Leave `clusterIP: None` out of that Service, or name a second one with a virtual IP.
    (Source: k8s.io/apiserver/pkg/util/proxy: ResolveCluster.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: admission
      namespace: policy
    spec:
      clusterIP: None
      selector:
        app: admission
      ports:
        - name: https
          port: 443
    ---
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: admission
    webhooks:
      - name: admission.example.com
        admissionReviewVersions: [v1]
        sideEffects: None
        clientConfig:
          service:
            namespace: policy
            name: admission  # error: Service `admission` is headless
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: admission
      namespace: policy
    spec:
      selector:
        app: admission
      ports:
        - name: https
          port: 443
    ---
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: admission
    webhooks:
      - name: admission.example.com
        admissionReviewVersions: [v1]
        sideEffects: None
        clientConfig:
          service:
            namespace: policy
            name: admission
    ```
    """
    for reference in _references(manifest):
        name, namespace = reference["name"].string, reference["namespace"].string
        services = [
            service
            for service in world.all_named("Service", name)
            if service.namespace in (None, namespace)
        ]
        if not services or not all(map(is_headless, services)):
            continue
        routed = manifest.kind == "APIService"
        yield Problem(
            reference["name"],
            f"Service `{name}` is headless, and the API server cannot call it, so every call of"
            f" {manifest.title} fails"
            + (" unless it runs with --enable-aggregator-routing" if routed else ""),
            related=((services[0].spec["clusterIP"], "this Service has no virtual IP"),),
            help="leave `clusterIP: None` out, or name a Service with a virtual IP",
            severity=WARNING if routed else ERROR,
        )


def _references(manifest: Manifest) -> Iterator[Node]:
    """The Services that the API server calls for *manifest*."""
    for webhook in manifest["webhooks"]:
        yield webhook["clientConfig"]["service"]
    yield manifest.spec["conversion"]["webhook"]["clientConfig"]["service"]
    if manifest.kind == "APIService":
        yield manifest.spec["service"]
