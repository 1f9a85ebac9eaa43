from collections.abc import Iterator

from hslint import ERROR, Document, Problem, Spot, YamlFault, rule


@rule(ERROR)
def check(document: Document, fault: YamlFault) -> Iterator[Problem]:
    """What follows the end mark `...` is silently dropped.

    `...` ends a YAML document, and kubectl reads one document between two `---` lines: whatever
    stands between `...` and the next `---` is never applied, and nothing says so.

    Write `---` in place of `...`.

    ```yaml bad
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: db
    ...
    apiVersion: v1  # error: silently drops
    kind: ServiceAccount
    metadata:
      name: web
    ```

    ```yaml good
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: db
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
    ...
    ```
    """
    if fault.kind == "lost":
        spot = Spot(document, document.place(fault.line, fault.column))
        yield Problem(spot, fault.message, help=fault.hint)
