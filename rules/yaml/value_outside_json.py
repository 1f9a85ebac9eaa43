from collections.abc import Iterator

from hslint import ERROR, Document, Problem, Spot, YamlFault, rule


@rule(ERROR)
def check(document: Document, fault: YamlFault) -> Iterator[Problem]:
    """A value or key that YAML can hold has no place in JSON.

    kubectl turns every document into JSON before it sends it. Infinity, NaN, keys that are lists,
    mappings or nothing at all, and merge keys (`<<`) with something that is no mapping stop it: the
    document is not applied.

    Quote it if it is meant as text; else write a value that JSON knows.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: limits
    data:
      most: .inf  # error: .inf
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: limits
    data:
      most: ".inf"
    ```
    """
    if fault.kind == "value":
        spot = Spot(document, document.place(fault.line, fault.column))
        message = f"{fault.message}, so kubectl rejects the document"
        yield Problem(spot, message, help=fault.hint)
