from collections.abc import Iterator

from hslint import WARNING, Document, Problem, rule

#: Keys whose numbers are octal by custom: file modes and masks.
_MODES = (b"mode", b"umask", b"mask", b"perm")


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
    if _suspect(document.source):
        for node in document.root.find(_is_number):
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


def _suspect(source: bytes) -> bool:
    """Whether some line may hold an octal number that is no file mode: a cheap look at the text."""
    found = source.find(b" 0")
    while found >= 0:
        key = source[source.rfind(b"\n", 0, found) + 1 : found]
        if source[found + 2 : found + 3].isdigit() and not _is_mode(key):
            return True
        found = source.find(b" 0", found + 2)
    return False


def _is_mode(key: bytes) -> bool:
    key = key.lower()
    return any(mode in key for mode in _MODES)


def _is_number(value: object) -> bool:
    return value.__class__ is int and value != 0
