from collections.abc import Iterator, Sequence

from hslint import ERROR, SAFE, Fault, Fix, Manifest, Problem, rule, written_path


@rule(ERROR, fixes=(SAFE,))
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A text without quotes is a number to YAML: `8080`, `1.10`, `12e3`, `0x1F`.

    The API server takes no number for a text and rejects the whole object (`cannot unmarshal number
    into Go struct field`). It hits environment variables, labels, annotations, arguments, names and
    the data of ConfigMaps, and now and then the hash of a commit that looks like `12e3`.

    Put the text in quotes.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      labels:
        commit: 12e3  # error: `12e3` without quotes is the number 12000
    data:
      port: 8080  # error: `8080` without quotes is a number
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      labels:
        commit: "12e3"
    data:
      port: "8080"
      version: 1.2.3
    ```
    """
    for fault in faults:
        value = fault.value
        if (
            fault.kind == "wrong-type"
            and isinstance(value, (int, float))
            and not isinstance(value, bool)
            and fault.expected.endswith("a string")
        ):
            node = manifest.root.at(fault.path)
            text = node.source or str(value)
            number = f"the number {value}" if text != str(value) else "a number"
            yield Problem(
                node,
                f"`{text}` without quotes is {number}, but `{written_path(fault.path)}` takes"
                f" {fault.expected}, so the API server rejects it",
                help=f'write `"{text}"`',
                fix=Fix.write(node, text, safe=True),
            )
