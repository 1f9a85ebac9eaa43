from collections.abc import Iterator

from hslint import WARNING, Manifest, Node, Pods, Problem, World, label_selector, rule

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
    those of the hosts that are allowed. A port without a `protocol` is of TCP, and resolvers ask by
    UDP first.

    Allow port 53, UDP and TCP, to the DNS of the cluster.
    (Sources: networking/v1 NetworkPolicySpec, NetworkPolicyPort; the policies that select a pod add
    up. resolv.conf(5): `use-vc`.)

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
          envFrom:
            - configMapRef:
                name: web
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      namespace: shop
    data:
      DATABASE: postgres://db.data.svc.cluster.local:5432/web
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
      egress:  # warning: no policy lets the pods of Pod `web` ask DNS by UDP, but only by TCP
        - to:
            - namespaceSelector: {}
          ports:
            - port: 5432
            - port: 53
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
        rules = [rule for policy in policies for rule in policy.spec["egress"]]
        ports = [port for rule in rules for port in rule["ports"] if _is_dns(port)]
        if not all(rule["ports"].value for rule in rules) or not all(map(_is_tcp, ports)):
            continue
        if ports and _asks_by_tcp(pods):
            continue
        names = [r for r in world.hosts.looked_up_by(pods) if r.is_known]
        if names:
            by_tcp = [port for port in ports if not port["port"].string]
            how = " by UDP, but only by TCP" if by_tcp else ""
            yield Problem(
                manifest.spec["egress"].key,
                f"no policy lets the pods of {pods.owner.title} ask DNS{how}, so"
                f" `{names[0].host.name}` does not resolve for them",
                related=(
                    (names[0].at, "a name they look up"),
                    *((port, "this port is of TCP") for port in by_tcp[:1]),
                ),
                help="allow port 53, UDP and TCP",
            )
            return


def _is_dns(port: Node) -> bool:
    number, end = port["port"].integer, port["endPort"].integer
    if number is None:
        return True  # every port, or a name, which stands for a port of the pods there
    return number == 53 or (end is not None and number <= 53 <= end)


def _is_tcp(port: Node) -> bool:
    return (port["protocol"].value or "TCP") == "TCP"


def _asks_by_tcp(pods: Pods) -> bool:
    return any(option["name"].string == "use-vc" for option in pods.spec["dnsConfig"]["options"])
