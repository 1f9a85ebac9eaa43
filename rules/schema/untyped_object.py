from collections.abc import Iterator

from hslint import ERROR, Document, Node, Problem, closest, rule


@rule(ERROR)
def check(document: Document) -> Iterator[Problem]:
    """An object has no `kind` or no `apiVersion`.

    kubectl cannot tell what it is and rejects it (`Object 'Kind' is missing`, `apiVersion not
    set`). Both names are case-sensitive, and both are wanted at the very top.

    Write both.

    ```yaml bad
    apiVersion: v1  # error: no `kind`
    Kind: Service
    metadata:
      name: db
    ```

    ```yaml good
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: db
    ```
    """
    value = document.value
    typed = isinstance(value, dict) and value.get("apiVersion")
    if typed and value.get("kind") not in (None, "List"):
        return
    root = document.root
    if root["metadata"].mapping or isinstance(root["items"].value, list):
        yield from _missing(root)
    if root["kind"].string == "List":  # the items of a typed list inherit its kind
        for item in root["items"]:
            if item.mapping and "items" not in item.mapping:  # broken-list is about lists in lists
                yield from _missing(item)


def _missing(node: Node) -> Iterator[Problem]:
    for field in ("apiVersion", "kind"):
        if not node[field]:
            near = closest(field, node.mapping)
            yield Problem(
                node[field],
                f"there is no `{field}`, so kubectl cannot tell what this is and rejects it",
                related=((node[near].key, "did you mean this one?"),) if near else (),
                help=f"write `{field}`" + (f" in place of `{near}`" if near else ""),
            )
            return
