from collections.abc import Iterator

from hslint import ERROR, UNSAFE, WORKLOADS, Fix, Manifest, Node, Problem, formats, pods_of, rule


@rule(
    ERROR,
    "Service",
    "PodDisruptionBudget",
    "NetworkPolicy",
    WORKLOADS,
    fields=("selector", "podSelector", "matchLabels", "matchExpressions"),
    fixes=(UNSAFE,),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A selector asks for a label that cannot be, or its operator and values do not fit.

    The API server rejects it. `In` and `NotIn` need `values`, `Exists` and `DoesNotExist` take
    none; keys and values have the format of labels.

    Write keys and values as labels can have them, and values only to compare with.

    ```yaml bad
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector:
        matchExpressions:
          - key: app
            operator: Exists
            values: [web]  # error: `Exists` takes no `values`
          - key: app
            operator: In  # error: `In` needs `values`
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector:
        app: "my web"  # error: `my web` cannot be the value of a label
      ports:
        - port: 80
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector:
        matchExpressions:
          - key: app
            operator: In
            values: [web]
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ```
    """
    # Source: k8s.io/apimachinery/pkg/apis/meta/v1/validation: ValidateLabelSelector. That there are
    # no other operators is for unsupported-value to say.
    if manifest.type in ("Service", "ReplicationController"):
        yield from _pairs(manifest.spec["selector"], manifest)
    for node in _selectors(manifest):
        written = node.mapping
        if "matchLabels" in written:
            yield from _pairs(node["matchLabels"], manifest)
        for expression in node["matchExpressions"] if "matchExpressions" in written else ():
            yield from _expression(expression, manifest)


def _selectors(manifest: Manifest) -> Iterator[Node]:
    """All label selectors of a workload, its pods and claims, or of a policy."""
    yield manifest.spec["selector"]
    if manifest.type == "NetworkPolicy":
        yield manifest.spec["podSelector"]
        for field, peers in (("ingress", "from"), ("egress", "to")):
            for peer in (p for entry in manifest.spec[field] for p in entry[peers]):
                yield from (peer["podSelector"], peer["namespaceSelector"])
    if "volumeClaimTemplates" in manifest.spec.mapping:
        for claim in manifest.spec["volumeClaimTemplates"]:
            yield claim["spec"]["selector"]
    for pods in pods_of(manifest):
        yield from (*_of_volumes(pods.spec, manifest.minor), *_of_placement(pods.spec))


def _of_placement(spec: Node) -> Iterator[Node]:
    """Those that say beside which pods others run, or not."""
    if "topologySpreadConstraints" in spec.mapping:
        for spread in spec["topologySpreadConstraints"]:
            yield spread["labelSelector"]
    for kind in ("podAffinity", "podAntiAffinity") if "affinity" in spec.mapping else ():
        affinity = spec["affinity"][kind]
        weighted = affinity["preferredDuringSchedulingIgnoredDuringExecution"]
        terms = [
            *affinity["requiredDuringSchedulingIgnoredDuringExecution"],
            *(each["podAffinityTerm"] for each in weighted),
        ]
        for term in terms:
            yield from (term["labelSelector"], term["namespaceSelector"])


def _of_volumes(spec: Node, minor: int) -> Iterator[Node]:
    for volume in spec["volumes"] if "volumes" in spec.mapping else ():
        if "ephemeral" in volume.mapping:
            yield volume["ephemeral"]["volumeClaimTemplate"]["spec"]["selector"]
        if "projected" in volume.mapping and minor >= 37:  # before, the source is dropped
            for source in volume["projected"]["sources"]:
                yield source["clusterTrustBundle"]["labelSelector"]


def _pairs(labels: Node, manifest: Manifest) -> Iterator[Problem]:
    for key, value in labels.mapping.items():
        if reason := formats.label_key(key):
            yield _wrong(
                labels[key].key, f"`{key}` cannot be the key of a label: {reason}", manifest
            )
        if isinstance(value, str) and (reason := formats.label_value(value)):
            message = f"`{value}` cannot be the value of a label: {reason}"
            yield _wrong(labels[key], message, manifest, "write a label that pods can carry")


def _expression(expression: Node, manifest: Manifest) -> Iterator[Problem]:
    key, operator, values = expression["key"], expression["operator"], expression["values"]
    if key.string and (reason := formats.label_key(key.string)):
        yield _wrong(key, f"`{key.string}` cannot be the key of a label: {reason}", manifest)
    if operator.string in ("In", "NotIn"):
        if not values.value:
            message = f"`{operator.string}` needs `values` to compare with"
            yield _wrong(operator, message, manifest, "add `values`, a list")
    elif operator.string in ("Exists", "DoesNotExist") and values.value:
        message = f"`{operator.string}` takes no `values`"
        yield _wrong(values, message, manifest, "remove them", Fix.remove(values))
    for value in values if manifest.minor >= 26 else ():  # before, any value was taken
        if reason := formats.label_value(value.string):
            message = f"`{value.string}` cannot be the value of a label: {reason}"
            yield _wrong(value, message, manifest, "write a label that pods can carry")


def _wrong(
    at: Node, what: str, of: Manifest, mend: str = "write a label's key", fix: Fix | None = None
) -> Problem:
    return Problem(at, f"{what}, {of.rejection(at.path)}", help=mend, fix=fix)
