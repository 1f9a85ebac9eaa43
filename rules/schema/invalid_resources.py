from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, has_placeholder, pods_of, rule

_POD = ("spec", "template", "spec")
_STANDARD = ("cpu", "memory", "ephemeral-storage")
_BINARY = ("Ki", "Mi", "Gi", "Ti", "Pi", "Ei")
#: How much one of each unit is, in billionths.
_UNITS: dict[str, int] = {
    unit: 1000**power for power, unit in enumerate(("n", "u", "m", "", *"kMGTPE"))
}
_UNITS |= {unit: 1024**power * 10**9 for power, unit in enumerate(("", *_BINARY))}


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
            written = plain.get("resources")
            if isinstance(written, dict) and field != "ephemeralContainers" and not _fits(written):
                resources = pods.spec[field][number]["resources"]
                for node, what, help_ in (*_wrong(resources), *_claims(resources, claims)):
                    if not has_placeholder(node.string):
                        yield Problem(node, f"{what}, {manifest.rejection(_POD)}", help=help_)


def _fits(resources: dict[str, object]) -> bool:
    """A first look at plain values: most ask for usual things, and for no more than the limit."""
    requests, limits = resources.get("requests", {}), resources.get("limits", {})
    if not isinstance(requests, dict) or not isinstance(limits, dict) or "claims" in resources:
        return False
    for name, amount in (*requests.items(), *limits.items()):
        if name not in _STANDARD or (_amount(amount) or 0) < 0:
            return False
    return all(
        name not in limits or (_amount(amount) or 0) <= (_amount(limits[name]) or 0)
        for name, amount in requests.items()
    )


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
            most = 0  # null is read as 0
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


def _amount(value: object) -> int | None:
    """How much a quantity is, in billionths, the least there are; None where it is none.

    Source: k8s.io/apimachinery pkg/api/resource: Quantity.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    unit = text.lstrip("+-0123456789.")
    if unit[:1] in ("e", "E") and unit[1:].lstrip("+-").isdecimal():
        unit, exponent = "", int(unit[1:])
        text = text[: text.lower().index("e")]
    else:
        text, exponent = text.removesuffix(unit), 0
    whole, _, rest = text.partition(".")
    if unit not in _UNITS or not (whole + rest).lstrip("+-").isdecimal() or abs(exponent) > 100:
        return None
    scale = _UNITS[unit] * int(10 ** max(exponent, 0))
    return -(-int(whole + rest) * scale // int(10 ** (len(rest) - min(exponent, 0))))
