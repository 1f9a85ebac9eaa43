from collections.abc import Iterator, Sequence

from hslint import ERROR, SAFE, Fault, Fix, Manifest, Node, Problem, rule, written_path


@rule(ERROR, fixes=(SAFE,))
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A value has another type than its field takes.

    The API server cannot read the object and rejects it as a whole (`cannot unmarshal ... into Go
    struct field`). It converts nothing: `"80"` is no number to it, and one container without its
    `-` is no list.

    Write a value of the right type: a list's items begin with `- `, numbers and `true` or `false`
    have no quotes.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: "5432"  # error: takes a whole number
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:17
          ports:
            - containerPort: 5432
    ```
    """
    for fault in faults:
        if fault.kind != "wrong-type" or _is_unquoted(fault):
            continue  # boolean-for-string and number-for-string tell what YAML made of the text
        node = manifest.root.at(fault.path)
        value = fault.value
        if isinstance(value, str) and value.isupper() and value.isidentifier():
            continue  # `port: PORT` is yet to be filled in
        field = written_path(fault.path)
        yield Problem(
            node,
            f"`{field}` takes {fault.expected}, not {_told(fault.value)}, so the API server"
            f" rejects {manifest.title}",
            help=_help(fault, node),
            fix=_fix(fault, node),
        )


def _is_unquoted(fault: Fault) -> bool:
    return isinstance(fault.value, (bool, int, float)) and fault.expected.endswith("a string")


def _told(value: object) -> str:
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text `{value}`" if len(value) <= 40 else "a text"
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, list) else "a mapping"


def _fix(fault: Fault, node: Node) -> Fix | None:
    value, expected = fault.value, fault.expected
    if isinstance(value, str) and "number" in expected and value == value.strip().lstrip("0"):
        return Fix.write(node, int(value), safe=True) if value.isdecimal() else None
    if expected == "true or false" and value in ("true", "false"):
        return Fix.write(node, value == "true", safe=True)
    return None


def _help(fault: Fault, node: Node) -> str:
    value, expected = fault.value, fault.expected
    if isinstance(value, str):
        if "number" in expected and value.isdecimal():
            return f"write `{value}` without quotes"
        if expected == "true or false" and value in ("true", "false"):
            return f"write `{value}` without quotes"
        if expected.startswith("base64"):
            return "write plain text under `stringData`" if node.path[-2:-1] == ("data",) else ""
    if isinstance(value, dict) and expected == "a list":
        return "begin each item with `- `"
    if isinstance(value, (list, dict)) and expected == "a string":
        return "write it as text: in quotes, or as a block below `|`"
    return f"write {expected}"
