from collections.abc import Iterator

from hslint import ERROR, Document, Problem, YamlFault, rule


@rule(ERROR)
def check(document: Document, fault: YamlFault) -> Iterator[Problem]:
    """A file or folder cannot be opened.

    Nothing in it is checked, and what other files need from it seems to be missing.

    Let the user who runs hslint read it, or mend the link that leads nowhere.

    ```yaml bad unreadable
    # error: this cannot be read
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    ```
    """
    if fault.kind == "unreadable":
        yield Problem(
            document.root,
            f"this cannot be read: {fault.message}",
            help=_HELP.get(fault.message, ""),
        )


#: What to do, by what the system says.
_HELP = {
    "permission denied": "let the user who runs hslint read it",
    "no such file or directory": "mend the link, which leads nowhere, or remove it",
    "too many levels of symbolic links": "mend the link, which leads to itself, or remove it",
}
