from collections.abc import Iterator, Sequence

from hslint import ERROR, SAFE, Fault, Fix, Manifest, Problem, rule, written_path


@rule(ERROR, fixes=(SAFE,))
def check(manifest: Manifest, faults: Sequence[Fault]) -> Iterator[Problem]:
    """A text without quotes is a boolean to YAML: `yes`, `no`, `on`, `off`, `y`, `n`, `true`.

    The API server takes no boolean for a text and rejects the whole object (`cannot unmarshal bool
    into Go struct field`). It hits environment variables, labels, annotations, arguments and the
    data of ConfigMaps. `kubectl apply -k` reads all but `true` and `false` as texts, so the same
    file may work there.

    Put the text in quotes.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      tls: yes  # error: `yes` without quotes is the boolean true
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      tls: "yes"
      mode: maybe
    ```
    """
    for fault in faults:
        if (
            fault.kind == "wrong-type"
            and isinstance(fault.value, bool)
            and fault.expected.endswith("a string")
        ):
            node = manifest.root.at(fault.path)
            value = str(fault.value).lower()
            text = node.source or value
            yield Problem(
                node,
                f"`{text}` without quotes is the boolean {value}, but `{written_path(fault.path)}`"
                f" takes {fault.expected}, so the API server rejects it",
                help=f'write `"{text}"`',
                fix=Fix.write(node, text, safe=True),
            )
