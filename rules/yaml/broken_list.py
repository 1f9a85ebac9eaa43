from collections.abc import Iterator

from hslint import ERROR, Document, Problem, rule


@rule(ERROR)
def check(document: Document) -> Iterator[Problem]:
    """A list of objects holds something that kubectl cannot take out of it.

    kubectl takes every object with `items` at its top for a list, whatever its kind is, and applies
    the items one by one. It does not take apart a list within a list, and an item that is no object
    makes it reject the whole document.

    Move the items of the inner list up, and delete empty ones.

    ```yaml bad
    apiVersion: v1
    kind: List
    items:
      - apiVersion: v1
        kind: List  # error: a list inside a list
        items: []
      -  # error: item 1 is empty
    ```

    ```yaml good
    apiVersion: v1
    kind: List
    items:
      - apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: db
    ```
    """
    if not isinstance(document.value, dict) or "items" not in document.value:
        return
    root = document.root
    items = root["items"]
    if not isinstance(items.value, list) or not root["kind"]:
        return
    for item in items:
        if item.value is None:
            yield Problem(
                item,
                f"item {item.path[-1]} is empty, so kubectl rejects the list",
                help="write the object that is missing, or delete the item",
            )
        elif not isinstance(item.value, dict):
            yield Problem(item, f"item {item.path[-1]} is no object, so kubectl rejects the list")
        elif isinstance(item["items"].value, list):
            yield Problem(
                item["kind"] or item["items"].key,
                "a list inside a list, so kubectl rejects the outer one",
                help="move its items up into the outer list",
            )
