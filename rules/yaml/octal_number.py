from collections.abc import Iterator

from hslint import WARNING, Document, Problem, rule

#: Keys whose numbers are octal by custom: file modes and masks.
_MODES = (b"mode", b"umask", b"mask", b"perm")
#: What stands around a number in a flow list or mapping.
_FLOW = bytes.maketrans(b"[]{},", b"     ")


@rule(WARNING)
def check(document: Document) -> Iterator[Problem]:
    """A number begins with 0, so it is octal.

    `0120` is the number 80 to kubectl, as in C and in shells. That is what `defaultMode: 0644`
    wants, and a surprise for a port, a size or an identifier.

    Write the number without the 0, or put it in quotes where a text is meant.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: time
    spec:
      clusterIP: None
      selector:
        app: time
      ports:
        - name: time
          port: 0123  # warning: `0123` is the number 83
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: time
    spec:
      volumes:
        - name: settings
          configMap:
            name: settings
            defaultMode: 0644
      containers:
        - name: time
          image: example/time:1
          volumeMounts:
            - name: settings
              mountPath: /etc/time
          ports:
            - containerPort: 123
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      zone: "0123"
    ```
    """
    value = document.value
    if isinstance(value, dict) and value.get("kind") == "CustomResourceDefinition":
        return  # long, and without numbers that mean anything: what is in it are limits
    octal = _octal_numbers(document.source)
    for node in document.root.find(lambda _, value: _is_among(value, octal)) if octal else ():
        text = node.source or ""
        digits = text.lstrip("+-")
        field = next((step for step in reversed(node.path) if isinstance(step, str)), "")
        if not node.plain or digits[:1] != "0" or not digits.isdigit():
            continue
        if int(digits) != abs(node.value) and not _is_mode(field.encode()):
            yield Problem(
                node,
                f"`{text}` is the number {node.value}: a 0 in front makes it octal",
                help=f"write `{int(digits)}` or `{node.value}`, whichever is meant, or"
                f' `"{text}"` where a text belongs',
            )


def _octal_numbers(source: bytes) -> set[int]:
    """The numbers that may be written with a 0 in front: a cheap look at the text."""
    numbers: set[int] = set()
    found = source.find(b" 0")
    while found >= 0:
        if source[found + 2 : found + 3].isdigit():
            end = source.find(b"\n", found)
            line = source[source.rfind(b"\n", 0, found) + 1 : end if end > 0 else None]
            words = (word for word in _values(line) if word[:1] == b"0")
            numbers |= {int(word, 8) for word in words if not word.strip(b"01234567")}
        found = source.find(b" 0", found + 2)
    return numbers - {0}


def _values(line: bytes) -> list[bytes]:
    """What may be a number in a line: its last word if it ends no sentence, any in a flow list."""
    words = line.partition(b" #")[0].translate(_FLOW).split()
    if any(mark in line for mark in (b"[", b"{", b",")):
        return [word.lstrip(b"+-") for word in words]
    alone = len(words) == 1 or (words and (words[-2][-1:] in b":-" or words[-2][:1] in b"!&"))
    return [words[-1].lstrip(b"+-")] if alone else []


def _is_mode(key: bytes) -> bool:
    key = key.lower()
    return any(mode in key for mode in _MODES)


def _is_among(value: object, numbers: set[int]) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) in numbers
