from collections.abc import Iterator

from hslint import ERROR, Document, Problem, rule


@rule(ERROR)
def check(document: Document) -> Iterator[Problem]:
    """An object that is no list has a field `items` at its top.

    kubectl takes every object with `items` at its top for a list, whatever its kind is: it applies
    the items as objects of their own, and never the object itself.

    Move `items` to where it belongs, most often under `spec` or `data`.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    items:  # error: kubectl takes this ConfigMap for a list
      - key: level
        path: level.txt
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      level: debug
    ```
    """
    if not isinstance(document.value, dict) or "items" not in document.value:
        return
    root = document.root
    kind, items = root["kind"].string, root["items"]
    if kind and not kind.endswith("List") and isinstance(items.value, list):
        yield Problem(
            items.key,
            f"kubectl takes this {kind} for a list because of its `items`, so it applies the items"
            f" and not the {kind}",
            help="move `items` to where it belongs",
        )
