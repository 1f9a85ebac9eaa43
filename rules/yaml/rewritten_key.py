from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Document, Fix, Node, Problem, rule


@rule(WARNING, fixes=(UNSAFE,))
def check(document: Document) -> Iterator[Problem]:
    """A key without quotes is a boolean or number to YAML, and becomes another text.

    Keys are text in Kubernetes, so kubectl turns such a key back into text: `on`, `yes` and `y`
    become `true`, `0777` becomes `511`. A ConfigMap then has a file `true`, a selector asks for a
    label `true`. `kubectl apply -k` reads the same file differently.

    Put the key in quotes.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: axes
    data:
      x: "10"
      y: "20"  # warning: the key `y` becomes `true`
      010: ten  # warning: the key `010` becomes `8`
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: axes
    data:
      x: "10"
      "y": "20"
      8080: http
      true: "yes"
    ```
    """
    if document.odd:
        yield from _walk(document.root)


def _walk(node: Node) -> Iterator[Problem]:
    for name, below in node.items():
        mark = node.document.mark(below.path)
        key = mark.key if mark is not None else None
        if key is not None and key.plain and key.text != name:
            yield Problem(
                below.key,
                f"the key `{key.text}` becomes `{name}`: without quotes it is no text to YAML",
                help=f'write `"{key.text}":`',
                fix=Fix.rename(below, key.text or ""),
            )
        yield from _walk(below)
    for item in node:
        yield from _walk(item)
