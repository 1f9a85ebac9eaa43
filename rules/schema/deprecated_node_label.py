from collections.abc import Iterator

from hslint import INFO, WORKLOADS, Manifest, Node, Problem, pods_of, rule

#: What took the place of each label, and the minor since which Kubernetes warns of it.
_OLD = {
    "beta.kubernetes.io/arch": ("`kubernetes.io/arch`", 0),
    "beta.kubernetes.io/os": ("`kubernetes.io/os`", 0),
    "beta.kubernetes.io/instance-type": ("`node.kubernetes.io/instance-type`", 0),
    "failure-domain.beta.kubernetes.io/region": ("`topology.kubernetes.io/region`", 0),
    "failure-domain.beta.kubernetes.io/zone": ("`topology.kubernetes.io/zone`", 0),
    "app.kubernetes.io/created-by": ("another label", 31),
    "scheduler.alpha.kubernetes.io/preferAvoidPods": ("taints and tolerations", 31),
    "node-role.kubernetes.io/master": ("`node-role.kubernetes.io/control-plane`", 31),
}
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"


@rule(INFO, WORKLOADS, fields=("nodeSelector", "nodeAffinity", "topologySpreadConstraints"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """Pods choose their nodes by a label that is deprecated.

    The API server warns of it. Nodes still have most of these labels beside the newer ones, and new
    sorts of nodes may come without; kubeadm's nodes have no `node-role.kubernetes.io/master` any
    more.

    Write the newer label. (Source: pkg/api/node: GetNodeLabelDeprecatedMessage.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      nodeSelector:
        beta.kubernetes.io/os: linux  # info: the label `beta.kubernetes.io/os` is deprecated
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      nodeSelector:
        kubernetes.io/os: linux
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        for node, label in _labels(pods.spec):
            instead, since = _OLD[label]
            if manifest.minor >= since:
                yield Problem(
                    node,
                    f"the label `{label}` is deprecated, so the API server warns of it",
                    help=f"use {instead} instead",
                )


def _labels(spec: Node) -> Iterator[tuple[Node, str]]:
    """Each deprecated label that nodes are chosen by, and where it stands."""
    written = spec.mapping
    for label in _OLD.keys() & spec["nodeSelector"].mapping.keys():
        yield spec["nodeSelector"][label].key, label
    keys = []
    if isinstance(written.get("affinity"), dict):
        affinity = spec["affinity"]["nodeAffinity"]
        terms = [*affinity[_REQUIRED]["nodeSelectorTerms"]]
        terms += [term["preference"] for term in affinity[_PREFERRED]]
        keys += [each["key"] for term in terms for each in term["matchExpressions"]]
    if "topologySpreadConstraints" in written:
        keys += [each["topologyKey"] for each in spec["topologySpreadConstraints"]]
    yield from ((key, key.string) for key in keys if key.string in _OLD)
