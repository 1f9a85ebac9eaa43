from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Node, Problem, is_headless, rule

_OF_LOAD_BALANCERS = (
    "loadBalancerClass",
    "loadBalancerSourceRanges",
    "allocateLoadBalancerNodePorts",
)
_OTHERS = ("externalTrafficPolicy", "healthCheckNodePort", "nodePort")


@rule(ERROR, "Service", fields=(*_OF_LOAD_BALANCERS, *_OTHERS), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A headless Service has a field that only NodePort or LoadBalancer Services may have.

    The API server rejects it: a headless Service is of type ClusterIP, and node ports, external
    traffic policies and load balancer settings belong to the other types.

    Leave the field out, or put it on a second Service of that type.
    (Source: pkg/apis/core/validation: ValidateService, validateServiceExternalTrafficPolicy.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      externalTrafficPolicy: Local  # error: may not have `externalTrafficPolicy`
      selector:
        app: db
      ports:
        - name: db
          port: 27017
          nodePort: 30017  # error: headless Service `db` may not have `nodePort`
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
          port: 27017
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: db-outside
    spec:
      type: NodePort
      externalTrafficPolicy: Local
      selector:
        app: db
      ports:
        - name: db
          port: 27017
          nodePort: 30017
    ```
    """
    if not is_headless(manifest):
        return
    if manifest.spec["type"].string not in ("", "ClusterIP"):
        return  # cluster-ip-type-conflict says what is wrong
    for name, owners, field in _rejected(manifest.spec):
        yield Problem(
            field.entry,
            f"headless {manifest.title} may not have `{name}`, which is for {owners} Services, so"
            " the API server rejects it",
            help="leave it out, or put it on a second Service of that type",
            fix=Fix.remove(field),
        )


def _rejected(spec: Node) -> Iterator[tuple[str, str, Node]]:
    """The fields that are set and forbidden: name, the types they are for, node."""
    both = "NodePort and LoadBalancer"
    if spec["externalTrafficPolicy"].string and not spec["externalIPs"].value:
        yield "externalTrafficPolicy", both, spec["externalTrafficPolicy"]
    if spec["healthCheckNodePort"].integer:
        yield "healthCheckNodePort", "LoadBalancer", spec["healthCheckNodePort"]
    for name in _OF_LOAD_BALANCERS:
        if spec[name] and spec[name].value != []:
            yield name, "LoadBalancer", spec[name]
    for port in spec["ports"]:
        if port["nodePort"].integer:
            yield "nodePort", both, port["nodePort"]
