from collections.abc import Iterator

from hslint import WARNING, Document, Node, Problem, Spot, rule


@rule(WARNING)
def check(document: Document) -> Iterator[Problem]:
    """A merge key (`<<`) stands below a key that it also brings.

    kubectl goes from top to bottom: the merged value comes later and replaces the one above it.
    By YAML's own definition, for `kubectl apply -k` and for most other tools the written key wins
    wherever it stands, so the same file gives different objects.

    Write `<<` first in its mapping; then every tool agrees.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: db
      labels: &labels
        app: db
        tier: data
      annotations:
        tier: cache  # warning: `tier` is replaced
        <<: *labels
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: db
      labels: &labels
        app: db
        tier: data
      annotations:
        <<: *labels
        tier: cache
    ```
    """
    if document.odd and b"<<" in document.source:
        yield from _walk(document.root)


def _walk(node: Node) -> Iterator[Problem]:
    document, mark = node.document, node.document.mark(node.path)
    for key, merge in mark.overruled if mark is not None else ():
        yield Problem(
            Spot(document, document.between(key, key)),
            f"`{key.text}` is replaced by the value that `<<` brings below it, but other tools"
            " keep this one",
            related=((Spot(document, document.between(merge, merge)), "the merge"),),
            help="write `<<` first in its mapping",
        )
    for below in node.children():
        if isinstance(below.value, (dict, list)):
            yield from _walk(below)
