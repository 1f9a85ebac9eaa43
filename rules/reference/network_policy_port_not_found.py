from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, World, closest, formats, rule


@rule(WARNING, "NetworkPolicy", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A NetworkPolicy allows a port that the pods do not have.

    The port is one of the pods: a name is that of a container's port, not of a Service's. What the
    policy should allow stays closed.

    Write the port that the container listens on, and its protocol, which is TCP by default.
    (Source: k8s.io/api/networking/v1: NetworkPolicyPort.)

    ```yaml bad
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
            - name: http
              containerPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      ingress:
        - ports:
            - port: https  # warning: the pods of Pod `web` have no port named `https` (TCP)
    ```

    ```yaml good
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
            - name: http
              containerPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      ingress:
        - ports:
            - port: http
    ```
    """
    for port, pods in world.policy_ports(manifest):
        node, protocol = port["port"], port["protocol"].string or "TCP"
        declared = [each for p in pods for each in p.ports]
        alike = [each for each in declared if node.value in (each.name, each.number)]
        if any(each.protocol == protocol for each in alike):
            continue
        title = pods[0].owner.title
        if alike:
            other = alike[0]
            field = "protocol" if other.node["protocol"] else "containerPort"
            yield Problem(
                port["protocol"] or node,
                f"the pods of {title} have port `{node.value}` for {other.protocol}, but this"
                f" allows it for {protocol}",
                related=((other.node[field], "here"),),
                help=f"write `protocol: {other.protocol}`",
                fix=Fix.put(port, "protocol", other.protocol),
            )
        elif node.string and not formats.port_name(node.string):
            near = closest(node.string, [each.name for each in declared])
            yield Problem(
                node,
                f"the pods of {title} have no port named `{node.string}` ({protocol}), so this"
                " allows nothing",
                related=tuple((e.node["name"], "they have this") for e in declared if e.name)[:2],
                help=f"write `port: {near}`" if near else "write the number of the port",
                fix=Fix.write(node, near) if near else None,
            )
