from collections.abc import Iterable, Iterator

from hslint import (
    ERROR,
    Manifest,
    Node,
    Problem,
    claim_templates,
    formats,
    pods_of,
    rule,
    with_metadata,
)


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
    claims = [claim for pods in pods_of(manifest) for claim in pods.claims]
    for node, what, help_ in _wrong([*with_metadata(manifest), *claims]):
        yield Problem(node, f"{what}, so the API server rejects {manifest.title}", help=help_)
    for node, what, help_ in _wrong(claim_templates(manifest)):  # the server looks at none of it
        yield Problem(node, f"{what}, so no pod of {manifest.title} can be created", help=help_)


def _wrong(owners: Iterable[Node]) -> Iterator[tuple[Node, str, str]]:
    """The labels that are wrong, why, and what to write."""
    for owner in owners:
        metadata = owner.mapping.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, dict) else None
        for key, value in labels.items() if isinstance(labels, dict) else ():
            if reason := formats.label_key(key):
                yield (
                    owner["metadata"]["labels"][key].key,
                    f"`{key}` cannot be the key of a label: {reason}",
                    "write a name of letters, digits, `-`, `_` and `.`",
                )
            if isinstance(value, str) and (reason := formats.label_value(value)):
                yield (
                    owner["metadata"]["labels"][key],
                    f"`{value}` cannot be the value of a label: {reason}",
                    "make an annotation of it, which takes any text",
                )
