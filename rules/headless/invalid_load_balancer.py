from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, formats, has_placeholder, rule

_FIELDS = ("loadBalancerClass", "healthCheckNodePort", "loadBalancerSourceRanges")


@rule(ERROR, "Service", fields=_FIELDS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A LoadBalancer Service has a class that is no name, a range that is none, or a stray port.

    The API server rejects it: `loadBalancerClass` is a name like a label's key,
    `loadBalancerSourceRanges` are blocks of addresses, and `healthCheckNodePort`, from 1 to 65535,
    goes with `externalTrafficPolicy: Local` only.

    Correct it. (Source: pkg/apis/core/validation: ValidateService.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      loadBalancerClass: example.com/fast lb  # error: cannot be the class of a load balancer
      loadBalancerSourceRanges:
        - 203.0.113.7  # error: `203.0.113.7` is no block of addresses
      healthCheckNodePort: 30100  # error: goes with `externalTrafficPolicy: Local` only
      ports:
        - port: 80
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      loadBalancerClass: example.com/fast
      externalTrafficPolicy: Local
      healthCheckNodePort: 30100
      ports:
        - port: 80
    ```
    """
    spec = manifest.spec
    rejected = f"so the API server rejects {manifest.title}"
    name, port = spec["loadBalancerClass"], spec["healthCheckNodePort"]
    if spec["type"].string != "LoadBalancer":
        if port.integer:
            message = f"`healthCheckNodePort` is for Services of type LoadBalancer, {rejected}"
            yield Problem(port, message, help="leave it out")
        return  # service-field-of-other-type says the rest
    reason = formats.label_key(name.string) if isinstance(name.value, str) else ""
    if reason and not has_placeholder(name.string):
        yield Problem(
            name,
            f"`{name.string}` cannot be the class of a load balancer: {reason}, {rejected}",
            help="write the class that the load balancer's program names",
        )
    for node in spec["loadBalancerSourceRanges"]:
        text = node.string.strip()  # as the API server does here, and nowhere else
        if not has_placeholder(text) and (reason := formats.cidr(text, manifest.minor)):
            message = f"`{text}` is no block of addresses: {reason}, {rejected}"
            yield Problem(node, message, help="write a block, such as `203.0.113.0/24`")
    if not port.integer:
        return
    if spec["externalTrafficPolicy"].string != "Local":
        yield Problem(
            port,
            f"`healthCheckNodePort` goes with `externalTrafficPolicy: Local` only, {rejected}",
            help="write `externalTrafficPolicy: Local`, or leave the port out",
        )
    elif not 0 < port.integer < 65536:
        yield Problem(
            port,
            f"{port.integer} is no port: ports go from 1 to 65535, {rejected}",
            help="leave it out to be given a free one",
        )
