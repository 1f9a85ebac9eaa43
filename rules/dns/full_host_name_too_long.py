from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Pods, Problem, World, domain_of, host_names, rule

_LONGEST = 64


@rule(ERROR, WORKLOADS, fields=("setHostnameAsFQDN",))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """Pods with `setHostnameAsFQDN` have a full name of more than 64 characters.

    The kernel takes no longer host name, and the kubelet does not start the pod: `failed to
    construct FQDN from pod hostname and cluster domain, FQDN ... is too long`. The full name is
    `HOSTNAME.SUBDOMAIN.NAMESPACE.svc.cluster.local`.

    Shorten the names, or leave `setHostnameAsFQDN` out.
    (Source: kubelet pkg/kubelet/util: GetNodenameForKernel.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: recommendation-members
      namespace: recommendations
    spec:
      clusterIP: None
      selector:
        app: recommendation
      ports:
        - name: gossip
          port: 7946
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: recommendation
      namespace: recommendations
      labels:
        app: recommendation
    spec:
      hostname: recommendation
      subdomain: recommendation-members
      setHostnameAsFQDN: true  # error: has 71 characters
      containers:
        - name: member
          image: example.com/member:1.4
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: members
      namespace: shop
    spec:
      clusterIP: None
      selector:
        app: recommendation
      ports:
        - name: gossip
          port: 7946
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: recommendation
      namespace: shop
      labels:
        app: recommendation
    spec:
      hostname: recommendation
      subdomain: members
      setHostnameAsFQDN: true
      containers:
        - name: member
          image: example.com/member:1.4
    ```
    """
    for pods in world.pods_of(manifest):
        field, domain = pods.spec["setHostnameAsFQDN"], domain_of(pods)
        if field.value is not True or not domain:
            continue
        namespace = manifest.namespace or "?"
        full = f"{_longest_name(pods)}.{domain}.{namespace}.svc.{world.cluster_domain}"
        if len(full) > _LONGEST:
            yield Problem(
                field.entry,
                f"`{full}` has {len(full)} characters, and a host name at most {_LONGEST}, so the"
                f" pods of {manifest.title} do not start",
                help="shorten the names, or leave `setHostnameAsFQDN` out",
            )


def _longest_name(pods: Pods) -> str:
    """The longest host name among the pods, or the workload's name if they are named after it."""
    names = host_names(pods)
    if not names:
        return pods.owner.name
    each = names[-1]
    return "-".join([each.stem, *(str(numbers[-1]) for numbers in each.ranges if numbers)])
