from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, is_headless, rule

#: Fields that belong to some types of Services only.
_OWNERS = {
    "allocateLoadBalancerNodePorts": ("LoadBalancer",),
    "externalTrafficPolicy": ("NodePort", "LoadBalancer"),
    "healthCheckNodePort": ("LoadBalancer",),
    "ipFamilies": ("ClusterIP", "NodePort", "LoadBalancer"),
    "ipFamilyPolicy": ("ClusterIP", "NodePort", "LoadBalancer"),
    "loadBalancerClass": ("LoadBalancer",),
    "loadBalancerSourceRanges": ("LoadBalancer",),
}


@rule(ERROR, "Service", fields=tuple(_OWNERS))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service has a field that Services of its type may not have.

    The API server rejects it. What is about load balancers needs `type: LoadBalancer`,
    `externalTrafficPolicy` a Service that is reached from outside, and a Service of type
    ExternalName has no IP address that could be of a family. A Service without `type` is of type
    ClusterIP.

    Write the type that the field is for, or remove the field.
    (Source: pkg/apis/core/validation: ValidateService, validateServiceExternalTrafficPolicy.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      externalTrafficPolicy: Local  # error: `externalTrafficPolicy` is for Services of type
      loadBalancerSourceRanges:  # error: `loadBalancerSourceRanges` is for Services of type
        - 203.0.113.0/24
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: mail
    spec:
      type: ExternalName
      externalName: mail.example.com
      ipFamilyPolicy: SingleStack  # error: `ipFamilyPolicy` is for Services of type
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      externalTrafficPolicy: Local
      loadBalancerSourceRanges:
        - 203.0.113.0/24
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
    spec = manifest.spec
    kind = spec["type"].string or "ClusterIP"
    if is_headless(manifest):
        return  # headless-field-rejected and cluster-ip-type-conflict say it
    for name, owners in _OWNERS.items():
        field = spec[name]
        if kind in owners or not (field.value or field.value is False):
            continue
        if name == "externalTrafficPolicy" and kind == "ClusterIP" and spec["externalIPs"].value:
            continue
        either = " or ".join(filter(None, (", ".join(owners[:-1]), owners[-1])))
        yield Problem(
            field.key,
            f"`{name}` is for Services of type {either}, and {manifest.title} is of type {kind}, so"
            " the API server rejects it",
            help=f"write `type: {owners[-1]}` under `spec`, or remove `{name}`",
        )
