from collections.abc import Iterator

from hslint import WARNING, Manifest, Node, Problem, World, label_selector, rule

_MORE_POLICIES = (
    "AdminNetworkPolicy",
    "CiliumClusterwideNetworkPolicy.cilium.io",
    "CiliumNetworkPolicy.cilium.io",
    "GlobalNetworkPolicy.crd.projectcalico.org",
    "GlobalNetworkPolicy.projectcalico.org",
    "NetworkPolicy.crd.projectcalico.org",
    "NetworkPolicy.projectcalico.org",
)


@rule(WARNING, "NetworkPolicy")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A NetworkPolicy cuts pods off from DNS although they refer to names.

    Once a policy for egress selects a pod, it may connect only to what some policy allows. Here no
    policy that selects the pods allows port 53, so that every lookup of a name times out, also
    those of the hosts that are allowed.

    Allow port 53, UDP and TCP, to the DNS of the cluster.
    (Source: networking/v1 NetworkPolicySpec; the policies that select a pod add up.)

    ```yaml bad
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
            - name: DATABASE
              value: postgres://db.data.svc.cluster.local:5432/web
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: web
      policyTypes: [Egress]
      egress:  # warning: no policy lets the pods of Pod `web` ask DNS
        - to:
            - namespaceSelector: {}
          ports:
            - port: 5432
    ```

    ```yaml good
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
            - name: DATABASE
              value: postgres://db.data.svc.cluster.local:5432/web
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: web
      policyTypes: [Egress]
      egress:
        - to:
            - namespaceSelector: {}
          ports:
            - port: 5432
            - port: 53
              protocol: UDP
            - port: 53
              protocol: TCP
    ```
    """
    if not manifest.spec["egress"].value:
        return  # it forbids everything, and means to
    if any(world.all(kind) for kind in _MORE_POLICIES):
        return  # they allow more, or see to DNS themselves
    for pods in world.select(label_selector(manifest.spec["podSelector"]), manifest):
        policies = [p for p in world.egress_policies(pods) if p.spec["egress"].value]
        if not policies or policies[0] is not manifest:
            continue  # said there
        if any(_allows_dns(rule) for policy in policies for rule in policy.spec["egress"]):
            continue
        names = [r for r in world.hosts.looked_up_by(pods) if not r.fault and r.pods is pods]
        if names:
            yield Problem(
                manifest.spec["egress"].key,
                f"no policy lets the pods of {pods.owner.title} ask DNS, so"
                f" `{names[0].host.name}` does not resolve for them",
                related=((names[0].at, "a name they look up"),),
                help="allow port 53, UDP and TCP",
            )
            return


def _allows_dns(rule: Node) -> bool:
    """Whether a rule for egress may let port 53 through, to wherever."""
    ports = list(rule["ports"])
    return not ports or any(_is_dns(port) for port in ports)


def _is_dns(port: Node) -> bool:
    number, end = port["port"].integer, port["endPort"].integer
    if number is None:
        return True  # every port, or a name, which stands for a port of the pods there
    return number == 53 or (end is not None and number <= 53 <= end)
