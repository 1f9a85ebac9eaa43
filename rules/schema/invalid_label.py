from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, formats, pods_of, rule


@rule(ERROR, fields=("labels",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A label has a key or a value that labels cannot have.

    The API server rejects the object (`metadata.labels: Invalid value`). Up to 1.33 it checks the
    labels of a template late for some kinds: the object is accepted and its pods never appear. A
    value holds at most 63 letters, digits, `-`, `_` and `.`; a key is such a name, after a DNS name
    and a `/` if it likes.

    Correct it, or make an annotation of it: annotations take any text.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      labels:
        owner: data team  # error: `data team` cannot be the value of a label
        web/app/part: db  # error: `web/app/part` cannot be the key of a label
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      labels:
        owner: data-team
        web.example/part: db
      annotations:
        owner: the data team
    ```
    """
    rejected = f"so the API server rejects {manifest.title}"
    if "labels" in manifest.metadata:
        yield from _labels(manifest["metadata"]["labels"], rejected)
    for pods in pods_of(manifest):
        if pods.template is not manifest.root:  # a Pod is its own template
            yield from _labels(pods.labels_node, rejected)
        for volume in pods.volumes:
            if "ephemeral" in volume.mapping:
                claim = volume["ephemeral"]["volumeClaimTemplate"]
                yield from _labels(claim["metadata"]["labels"], rejected)
    claims = "volumeClaimTemplates" in manifest.spec.mapping
    for claim in manifest.spec["volumeClaimTemplates"] if claims else ():
        late = f"so no pod of {manifest.title} can be created"  # the server looks at none of it
        yield from _labels(claim["metadata"]["labels"], late)


def _labels(labels: Node, result: str) -> Iterator[Problem]:
    for key, value in labels.mapping.items():
        if reason := formats.label_key(key):
            yield Problem(
                labels[key].key,
                f"`{key}` cannot be the key of a label: {reason}, {result}",
                help="write a name of letters, digits, `-`, `_` and `.`",
            )
        if isinstance(value, str) and (reason := formats.label_value(value)):
            yield Problem(
                labels[key],
                f"`{value}` cannot be the value of a label: {reason}, {result}",
                help="make an annotation of it, which takes any text",
            )
