from collections.abc import Iterator

from hslint import ERROR, Document, Node, Problem, Spot, rule


@rule(ERROR)
def check(document: Document) -> Iterator[Problem]:
    """A mapping has the same key more than once.

    kubectl keeps the last value and drops the others without a word, so the object in the cluster
    is not the one that a reader of the file sees; `kubectl apply -k` and strict YAML tools reject
    the file. Keys are compared as kubectl compares them: `yes`, `on` and `"true"` are all `true`.

    `apiVersion` or `kind` twice at the top of a document is worse: two objects have become one
    because the `---` between them is missing or is glued to the line before it, and the first
    object is never applied.

    Delete all but one, merge them, or write the missing `---`.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      level: info
      level: debug  # error: `level` is written twice
    ```

    ```yaml bad
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: db
      labels:
        app: db---
    apiVersion: v1  # error: two objects in one document
    kind: ServiceAccount
    metadata:
      name: web
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      level: debug
      levels: info
    ```
    """
    if document.odd:
        yield from _walk(document.root)


def _walk(node: Node) -> Iterator[Problem]:
    """What is repeated at and below *node*."""
    repeated = _repeated(node)
    types = [key for key in repeated if not node.path and key in ("apiVersion", "kind")]
    if types:  # the rest of the lost object is repeated too
        yield Problem(
            node[types[0]].key,
            f"two objects in one document: `{types[0]}` is written {_times(repeated[types[0]])} at"
            " the top, so kubectl applies the last object only",
            related=tuple((spot, "the lost object has it here") for spot in repeated[types[0]]),
            help="write `---` on a line of its own between the two objects",
        )
        repeated = {}
    for key, spots in repeated.items():
        yield Problem(
            node[key].key,
            f"`{key}` is written {_times(spots)} in one mapping, so kubectl keeps the last value"
            " and drops the rest without a word",
            related=tuple((spot, "this one is dropped") for spot in spots),
            help="keep one of them",
        )
    for below in node.children():
        if isinstance(below.value, (dict, list)):
            yield from _walk(below)


def _repeated(node: Node) -> dict[str, list[Spot]]:
    """The keys that *node* has more than once, and where all but the last are written."""
    document, mark = node.document, node.document.mark(node.path)
    if mark is None or not mark.repeated or not isinstance(mark.children, dict):
        return {}
    before = {id(later): earlier for earlier, later in mark.repeated}
    found: dict[str, list[Spot]] = {}
    for name, child in mark.children.items():
        key = child.key
        while key := before.get(id(key)):
            found.setdefault(name, []).insert(0, Spot(document, document.between(key, key)))
    return found


def _times(dropped: list[Spot]) -> str:
    return "twice" if len(dropped) == 1 else f"{len(dropped) + 1} times"
