from collections.abc import Iterable, Iterator

from hslint import (
    ERROR,
    WARNING,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

#: What is wrong with a term: where, why, and what to write.
Wrong = Iterator[tuple[Node, str, str]]


@rule(ERROR, WORKLOADS, fields=("nodeAffinity",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A term of a node affinity has an operator and values that do not go together.

    The API server rejects it: `In` and `NotIn` need `values`, `Exists` and `DoesNotExist` take
    none, `Gt` and `Lt` just one, and the only field of a node to match is `metadata.name`. Since
    1.33 `values` can be those of labels only; what is merely preferred may have any value, with a
    warning, and no node has it.

    Write labels that the nodes carry.
    (Source: pkg/apis/core/validation: ValidateNodeSelectorTerm.)

    ```yaml bad 1.33
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - key: zone
                    operator: Exists
                    values: [a]  # error: `Exists` takes no `values`
                  - key: disk
                    operator: In
                    values: [fast ssd]  # error: `fast ssd` cannot be the value of a label
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
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - key: zone
                    operator: In
                    values: [a, b]
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        affinity = pods.spec["affinity"]["nodeAffinity"]
        required = affinity["requiredDuringSchedulingIgnoredDuringExecution"]
        weighted = affinity["preferredDuringSchedulingIgnoredDuringExecution"]
        for term in required["nodeSelectorTerms"]:
            yield from _problems(_term(term), pods)
            if manifest.minor >= 33:
                yield from _problems(_values(term), pods)
        for preferred in (each["preference"] for each in weighted):
            yield from _problems(_term(preferred), pods)
            for node, what, help_ in _values(preferred):
                if not has_placeholder(node.string):
                    yield Problem(node, what, help=help_, severity=WARNING)


def _problems(wrong: Iterable[tuple[Node, str, str]], pods: Pods) -> Iterator[Problem]:
    for node, what, help_ in wrong:
        if not has_placeholder(node.string):
            yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _term(term: Node) -> Wrong:
    for expression in term["matchExpressions"]:
        operator, values = expression["operator"].string, expression["values"]
        count = len(values.value) if isinstance(values.value, list) else 0
        if operator in ("In", "NotIn") and not count:
            yield expression, f"`{operator}` needs `values` to compare with", "write `values`"
        elif operator in ("Exists", "DoesNotExist") and count:
            yield values, f"`{operator}` takes no `values`", "leave them out"
        elif operator in ("Gt", "Lt") and count != 1:
            yield expression, f"`{operator}` takes one value", "write one number"
    for field in term["matchFields"]:
        yield from _field(field)


def _field(field: Node) -> Wrong:
    key, operator, values = field["key"], field["operator"], field["values"]
    if key.string and key.string != "metadata.name":
        what = f"nodes are not selected by their field `{key.string}`"
        yield key, what, "write `metadata.name`, or use `matchExpressions`"
    if operator.string in ("Exists", "DoesNotExist", "Gt", "Lt"):
        what = f"a field takes `In` or `NotIn`, not `{operator.string}`"
        yield operator, what, "write `In`"
    elif len(values.value if isinstance(values.value, list) else ()) != 1:
        yield field, "a field is compared with one value", "write one name"
    for value in values if key.string == "metadata.name" else ():
        if reason := formats.dns_subdomain(value.string):
            what = f"`{value.string}` cannot be the name of a Node: {reason}"
            yield value, what, "write the name of a Node"


def _values(term: Node) -> Wrong:
    for value in (v for expression in term["matchExpressions"] for v in expression["values"]):
        if reason := formats.label_value(value.string):
            what = f"`{value.string}` cannot be the value of a label: {reason}"
            yield value, what, "write a label of nodes"
