from collections.abc import Iterator

from hslint import ERROR, Document, Problem, Spot, YamlFault, rule


@rule(ERROR)
def check(document: Document, fault: YamlFault) -> Iterator[Problem]:
    """A line looks like a `---` between documents, but kubectl does not take it for one.

    kubectl cuts a file at its `---` lines before it reads any YAML. A line that begins with `---`
    and goes on with anything but blanks or a comment, and a `%YAML` or `%TAG` line, make it stop:
    neither the document above such a line nor anything below it is applied, even where other YAML
    tools do not mind.

    Write `---` alone on its line, and what follows on the next one.

    ```yaml bad
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: db
    ----  # error: ----
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
    ```

    ```yaml good
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: db
    --- # the web part
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
    ```
    """
    if fault.kind == "separator":
        spot = Spot(document, document.place(fault.line, fault.column))
        yield Problem(spot, fault.message, help=fault.hint)
