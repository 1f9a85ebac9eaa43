from collections.abc import Iterator

from hslint import UNSAFE, WARNING, WORKLOADS, Fix, Manifest, Pods, Problem, World, rule


@rule(WARNING, WORKLOADS, fields=("dnsPolicy", "hostNetwork"), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods refer to names of the cluster but ask the node's DNS, which does not know them.

    With `hostNetwork: true` the default `dnsPolicy: ClusterFirst` means the node's own resolver, as
    `dnsPolicy: Default` always does. Names of Services do not resolve there.

    Write `dnsPolicy: ClusterFirstWithHostNet`.
    (Source: kubelet pkg/kubelet/network/dns: getPodDNSType.)

    ```yaml bad
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      selector:
        matchLabels:
          app: agent
      template:
        metadata:
          labels:
            app: agent
        spec:
          hostNetwork: true  # warning: the pods of DaemonSet `agent` ask the node's DNS
          containers:
            - name: agent
              image: example.com/agent:1.4
              args: [--server=https://collector.tracing.svc:4317]
    ```

    The names may stand in a ConfigMap that the pods use:

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      dnsPolicy: Default  # warning: the pods of Pod `agent` ask the node's DNS
      containers:
        - name: agent
          image: example.com/agent:1.4
          envFrom:
            - configMapRef:
                name: agent
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: agent
    data:
      SERVER: https://collector.tracing.svc:4317
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      selector:
        matchLabels:
          app: agent
      template:
        metadata:
          labels:
            app: agent
        spec:
          hostNetwork: true
          dnsPolicy: ClusterFirstWithHostNet
          containers:
            - name: agent
              image: example.com/agent:1.4
              args: [--server=https://collector.tracing.svc:4317]
    ```
    """
    for pods in world.pods_of(manifest):
        policy = pods.spec["dnsPolicy"]
        if not _asks_the_node(pods) or pods.spec["dnsConfig"]["nameservers"]:
            continue
        for reference in world.hosts.looked_up_by(pods):
            if reference.is_known:
                name = reference.host.name
                yield Problem(
                    (policy or pods.spec["hostNetwork"]).entry,
                    f"the pods of {manifest.title} ask the node's DNS, which does not know"
                    f" `{name}`",
                    related=((reference.at, "a name of the cluster"),),
                    help="write `dnsPolicy: ClusterFirstWithHostNet`",
                    fix=Fix.put(pods.spec, "dnsPolicy", "ClusterFirstWithHostNet"),
                )
                break


def _asks_the_node(pods: Pods) -> bool:
    policy = pods.spec["dnsPolicy"].string or "ClusterFirst"
    on_host = pods.spec["hostNetwork"].value is True
    return policy == "Default" or (policy == "ClusterFirst" and on_host)
