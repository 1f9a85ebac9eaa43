from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, formats, pods_of, rule

#: k8s.io/apimachinery pkg/api/validation: TotalAnnotationSizeLimitB.
_LIMIT = 262144


@rule(ERROR, fields=("annotations",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An annotation has a key that annotations cannot have, or all together are too long.

    The API server rejects the object (`metadata.annotations: Invalid value` or `Too long`). A key
    is a name of letters, digits, `-`, `_` and `.`, after a DNS name and a `/` if it likes; keys and
    values together take at most 262144 bytes.

    Correct the key; move large values to a ConfigMap.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      annotations:
        owned by: me  # error: `owned by` cannot be the key of an annotation
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      annotations:
        Example.com/owner: the data team
    ```
    """
    yield from _check(manifest["metadata"]["annotations"], manifest.title)
    for pods in pods_of(manifest):
        if pods.template is not manifest.root:  # a Pod is its own template
            yield from _check(pods.template["metadata"]["annotations"], manifest.title)


def _check(annotations: Node, title: str) -> Iterator[Problem]:
    size = 0
    for key, value in annotations.mapping.items():
        if reason := formats.label_key(key.lower()):  # ValidateAnnotations lowers keys first
            yield Problem(
                annotations[key].key,
                f"`{key}` cannot be the key of an annotation: {reason}, so"
                f" the API server rejects {title}",
                help="write a name of letters, digits, `-`, `_` and `.`",
            )
        size += len(key.encode())
        if isinstance(value, str):
            size += len(value.encode("utf-8", "surrogatepass"))
    if size > _LIMIT:
        yield Problem(
            annotations.key,
            f"the annotations take {size} bytes, and at most {_LIMIT} are allowed, so the API"
            f" server rejects {title}",
            help="move large values to a ConfigMap",
        )
