from collections.abc import Iterator

from hslint import ERROR, Document, Node, Problem, Spot, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint import Mark


@rule(ERROR)
def check(document: Document) -> Iterator[Problem]:
    """A mapping has the same key more than once.

    kubectl keeps the last value and drops the others without a word, so the object in the cluster
    is not the one that a reader of the file sees; `kubectl apply -k` and strict YAML tools refuse
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
    places = _repeated(node)
    types = [key for key in places if not node.path and key in ("apiVersion", "kind")]
    if types:
        yield _glued(node, types[0], places[types[0]])
        places = {}
    for key in places:
        spots = _spots(node, places[key], "this one is dropped")
        yield Problem(
            node[key].key,
            f"`{key}` is written {_times(places[key])} in one mapping: kubectl keeps the last value"
            " and drops the rest without a word",
            related=spots,
            help="keep one of them",
        )
    for below in node.children():
        if isinstance(below.value, (dict, list)):
            yield from _walk(below)


def _repeated(node: Node) -> "dict[str, list[Mark]]":
    """The marks of each key that *node* has more than once, in the order they are written."""
    mark = node.document.mark(node.path)
    if mark is None or not isinstance(mark.children, dict):
        return {}
    before = {id(later): earlier for earlier, later in mark.repeated}
    places: dict[str, list[Mark]] = {}
    for name, child in mark.children.items() if before else ():
        chain = [child.key]
        while earlier := before.get(id(chain[0])):
            chain.insert(0, earlier)
        if len(chain) > 1:
            places[name] = chain
    return places


def _glued(node: Node, key: str, places: "list[Mark]") -> Problem:
    return Problem(
        node[key].key,
        f"two objects in one document: `{key}` is written {_times(places)} at the top, so kubectl"
        " applies the last object only",
        related=_spots(node, places, "the lost object has it here"),
        help="write `---` on a line of its own between the two objects",
    )


def _times(places: "list[Mark]") -> str:
    return "twice" if len(places) == 2 else f"{len(places)} times"


def _spots(node: Node, places: "list[Mark]", sentence: str) -> tuple[tuple[Spot, str], ...]:
    document = node.document
    return tuple((Spot(document, document.place(*mark.start)), sentence) for mark in places[:-1])
