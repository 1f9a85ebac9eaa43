from collections.abc import Iterator

from hslint import ERROR, Manifest, Node, Problem, formats, rule, with_metadata

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
    for owner in with_metadata(manifest):
        metadata = owner.mapping.get("metadata")
        annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
        if isinstance(annotations, dict):
            for node, what, help_ in _wrong(annotations, owner):
                message = f"{what}, so the API server rejects {manifest.title}"
                yield Problem(node, message, help=help_)


def _wrong(annotations: dict[str, object], owner: Node) -> Iterator[tuple[Node, str, str]]:
    """The annotations that are wrong, why, and what to write."""
    size = 0
    for key, value in annotations.items():
        if reason := formats.label_key(key.lower()):  # ValidateAnnotations lowers keys first
            at = owner["metadata"]["annotations"][key].key
            what = f"`{key}` cannot be the key of an annotation: {reason}"
            yield at, what, "write a name of letters, digits, `-`, `_` and `.`"
        size += len(key.encode())
        if isinstance(value, str):
            size += len(value.encode("utf-8", "surrogatepass"))
    if size > _LIMIT:
        what = f"the annotations take {size} bytes, and at most {_LIMIT} are allowed"
        yield owner["metadata"]["annotations"].key, what, "move large values to a ConfigMap"
