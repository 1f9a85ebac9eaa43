from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, has_placeholder, pods_of, rule

_SOURCES = ("resourceClaimName", "resourceClaimTemplateName")


@rule(ERROR, WORKLOADS, fields=("claims", "resourceClaims"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A container uses a claim of resources that its pod does not make, or a claim has no source.

    The API server rejects it: each of a pod's `resourceClaims` has a name of its own and either a
    `resourceClaimName` or a `resourceClaimTemplateName`; containers name those that they use.

    Correct it.
    (Source: pkg/apis/core/validation: validatePodResourceClaims, validateResourceClaimNames.)

    ```yaml bad 1.34
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      resourceClaims:
        - name: gpu  # error: a claim needs `resourceClaimName` or a template
      containers:
        - name: web
          image: nginx:1.29
          resources:
            claims:
              - name: cpu  # error: the pod has no claim `cpu`
    ```

    ```yaml good 1.34
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      resourceClaims:
        - name: gpu
          resourceClaimName: big
      containers:
        - name: web
          image: nginx:1.29
          resources:
            claims:
              - name: gpu
    ```
    """
    for pods in pods_of(manifest):
        wrong = [*_of_pod(pods.spec)]
        known = {claim["name"].string for claim in pods.spec["resourceClaims"]}
        for plain, field, number in pods.plain_containers:
            resources = plain.get("resources")
            if isinstance(resources, dict) and "claims" in resources:
                wrong += _claims(pods.spec[field][number]["resources"], known)
        for node, what, help_ in wrong:
            if not has_placeholder(node.string):
                yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _of_pod(spec: Node) -> Iterator[tuple[Node, str, str]]:
    """What a pod claims as a whole."""
    seen = set()
    for claim in spec["resourceClaims"]:
        sources = [f for f in ("resourceClaimName", "resourceClaimTemplateName") if claim[f]]
        if len(sources) != 1:
            yield claim, "a claim needs `resourceClaimName` or a template", "write one of them"
        if claim["name"].string in seen:
            yield claim["name"], f"`{claim['name'].string}` is claimed twice", "rename one"
        seen.add(claim["name"].string)


def _claims(resources: Node, known: set[str]) -> Iterator[tuple[Node, str, str]]:
    seen = set()
    for claim in resources["claims"]:
        pair = claim["name"].string, claim["request"].string
        if pair[0] not in known:
            yield claim, f"the pod has no claim `{pair[0]}`", "write it in `resourceClaims`"
        elif pair in seen:
            yield claim, f"the claim `{pair[0]}` is there twice", "leave one of them out"
        seen.add(pair)
