from collections.abc import Iterator
from fractions import Fraction

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, has_placeholder, pods_of, rule

_POD = ("spec", "template", "spec")
_STANDARD = ("cpu", "memory", "ephemeral-storage")
_UNITS = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}


@rule(ERROR, WORKLOADS, fields=("resources", "resourceClaims"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A container asks for more than its limit, for less than nothing, or for no resource.

    The API server rejects it: a request is at most the limit, and a resource is `cpu`, `memory`,
    `ephemeral-storage`, `hugepages-...` or has a domain before it. `100M` and `100Mi` are not the
    same, and `100m` of memory is a tenth of a byte.

    Raise the limit, or lower the request.
    (Source: pkg/apis/core/validation: ValidateResourceRequirements, validateContainerResourceName.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          resources:
            requests:
              memory: 2Gi  # error: `memory` of 2Gi is more than the limit of 2G
              storage: 1Gi  # error: `storage` is no resource of a container
            limits:
              memory: 2G
              cpu: -1  # error: `cpu` is negative
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          resources:
            requests:
              cpu: 500m
              memory: 1024Mi
            limits:
              cpu: 0.5
              memory: 1Gi
              example.com/gpu: 1
    ```
    """
    for pods in pods_of(manifest):
        claims = {claim["name"].string for claim in pods.spec["resourceClaims"]}
        for node, what, help_ in _of_pod(pods.spec):
            yield Problem(node, f"{what}, {manifest.rejection(_POD)}", help=help_)
        for plain, field, number in pods.plain_containers:
            if isinstance(plain.get("resources"), dict) and field != "ephemeralContainers":
                resources = pods.spec[field][number]["resources"]
                for node, what, help_ in (*_wrong(resources), *_claims(resources, claims)):
                    if not has_placeholder(node.string):
                        yield Problem(node, f"{what}, {manifest.rejection(_POD)}", help=help_)


def _wrong(resources: Node) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    requests, limits = resources["requests"], resources["limits"]
    for node in (requests, limits):
        for name, amount in node.items():
            if "/" not in name and name not in _STANDARD and not name.startswith("hugepages-"):
                yield amount, f"`{name}` is no resource of a container", "write `cpu` or `memory`"
            elif (_amount(amount.value) or 0) < 0:
                yield amount, f"`{name}` is negative", "write how much"
    for name, amount in requests.items():
        most, asked = _amount(limits[name].value), _amount(amount.value)
        if name in limits.mapping and limits[name].value is None:
            most = Fraction(0)  # null is read as 0
        if most is not None and asked is not None and asked > most:
            what = f"`{name}` of {amount.value} is more than the limit of {limits[name].value}"
            yield amount, what, "raise the limit, or ask for less"


def _of_pod(spec: Node) -> Iterator[tuple[Node, str, str]]:
    """What a pod claims and asks for as a whole."""
    seen = set()
    for claim in spec["resourceClaims"]:
        sources = [f for f in ("resourceClaimName", "resourceClaimTemplateName") if claim[f].value]
        if len(sources) != 1:
            yield claim, "a claim needs `resourceClaimName` or a template", "write one of them"
        if claim["name"].string in seen:
            yield claim["name"], f"`{claim['name'].string}` is claimed twice", "rename one"
        seen.add(claim["name"].string)
    for bound in ("requests", "limits"):
        for name, amount in spec["resources"][bound].items():
            if name not in ("cpu", "memory") and not name.startswith("hugepages-"):
                yield amount, f"`{name}` is no resource of a whole pod", "write it in a container"


def _claims(resources: Node, known: set[str]) -> Iterator[tuple[Node, str, str]]:
    seen = set()
    for claim in resources["claims"]:
        pair = claim["name"].string, claim["request"].string
        if pair[0] not in known:
            yield claim, f"the pod has no claim `{pair[0]}`", "write it in `resourceClaims`"
        elif pair in seen:
            yield claim, f"the claim `{pair[0]}` is there twice", "leave one of them out"
        seen.add(pair)


def _amount(value: object) -> Fraction | None:
    """The number that a quantity stands for (k8s.io/apimachinery: resource.Quantity), if any."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    factor = Fraction(1)
    if text[-2:] in _BINARY:
        text, factor = text[:-2], Fraction(2 ** _BINARY[text[-2:]])
    elif text[-1:] in _UNITS:
        text, factor = text[:-1], Fraction(10) ** _UNITS[text[-1:]]
    try:
        return Fraction(text) * factor
    except ValueError:
        return None
