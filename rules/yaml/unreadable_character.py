from collections.abc import Iterator

from hslint import WARNING, Document, Problem, rule

#: U+FFFD, which takes the place of every byte that is no UTF-8.
_REPLACEMENT = "\ufffd"


@rule(WARNING)
def check(document: Document) -> Iterator[Problem]:
    """A text has a byte that is not UTF-8.

    kubectl puts the replacement character U+FFFD (�) in its place, without a word: a name, a label
    or a password becomes another one. Files saved in Latin-1 or Windows-1252 are the usual reason.

    Save the file as UTF-8, or write the character again if the file already holds U+FFFD.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: menu
    data:
      drink: caf�  # warning: not UTF-8
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: menu
    data:
      drink: café
    ```
    """
    if not document.source.isascii() and _REPLACEMENT.encode() in document.source:
        for node in document.root.find(_has_replacement):
            yield Problem(
                node,
                "a character of this text is not UTF-8, so kubectl silently puts U+FFFD in its"
                " place",
                help="save the file as UTF-8",
            )


def _has_replacement(_: str | int, value: object) -> bool:
    return isinstance(value, str) and _REPLACEMENT in value
