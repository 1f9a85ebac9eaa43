from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, has_placeholder, pods_of, rule

_FROM = ("configMapRef", "secretRef")
_FIELDS = (
    *("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName"),
    *("spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP"),
    "status.podIPs",
)
_IN_KEY = "-._abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@rule(ERROR, WORKLOADS, fields=("env", "envFrom"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A variable has a value and a source, two sources or none, or takes what there is not.

    The API server rejects it: a variable has either a `value` or one source in `valueFrom`. Of the
    pod's own fields few can be taken: its name, namespace, addresses, node, ServiceAccount, and
    single labels and annotations (`metadata.labels['app']`).

    Keep one of them. (Source: pkg/apis/core/validation: ValidateEnv, validateEnvVarValueFrom.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
    spec:
      containers:
        - name: db
          image: postgres:17
          env:
            - name: POD
              valueFrom:
                fieldRef:
                  fieldPath: spec.hostname  # error: `spec.hostname` cannot be taken
            - name: BOTH
              value: "1"
              valueFrom:  # error: `BOTH` has a value and a source
                configMapKeyRef: {name: db, key: both}
            - name: A=B  # error: `A=B` cannot be the name of a variable
              value: "1"
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
    spec:
      containers:
        - name: db
          image: postgres:17
          env:
            - name: POD
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: APP
              valueFrom:
                fieldRef:
                  fieldPath: metadata.labels['app']
    ```
    """
    for pods in pods_of(manifest):
        for plain, field, number in pods.plain_containers:
            for source in pods.spec[field][number]["envFrom"] if "envFrom" in plain else ():
                kinds = [kind for kind in _FROM if source.mapping.get(kind) is not None]
                if len(kinds) != 1 and isinstance(source.value, dict | None):
                    what = "a ConfigMap and a Secret" if kinds else "no ConfigMap and no Secret"
                    message = f"this item of `envFrom` names {what}, {pods.rejection}"
                    yield Problem(source, message, help="write one item for each")
            listed = plain.get("env")
            for index, written in enumerate(listed if isinstance(listed, list) else ()):
                if _is_plain(written):
                    continue
                variable = pods.spec[field][number]["env"][index]
                for node, what, help_ in _wrong(variable, manifest.minor):
                    if not has_placeholder(node.string):
                        yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _is_plain(variable: object) -> bool:
    """Whether it is a name and a value, as nearly all are."""
    if not isinstance(variable, dict) or "valueFrom" in variable:
        return False
    name = variable.get("name")
    return isinstance(name, str) and name.isascii() and name.isidentifier()


def _wrong(variable: Node, minor: int) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, why, and what to write."""
    name, source = variable["name"], variable["valueFrom"]
    if name.string and (reason := _not_a_name(name.string, minor)):
        yield name, f"`{name.string}` cannot be the name of a variable: {reason}", "rename it"
    if not isinstance(source.value, dict):
        return
    known = (kind for kind in source.mapping if kind != "fileKeyRef" or minor != 34)  # dropped
    kinds = [kind for kind in known if source[kind]]
    if not kinds:
        yield source, f"`{name.string}` has an empty source", "write where it is taken from"
    elif variable["value"].string:
        yield source, f"`{name.string}` has a value and a source", "leave one of them out"
    elif len(kinds) > 1:
        yield source, f"`{name.string}` has {len(kinds)} sources", "leave one of them"
    yield from _wrong_source(source)


def _wrong_source(source: Node) -> Iterator[tuple[Node, str, str]]:
    field = source["fieldRef"]
    path, version = field["fieldPath"], field["apiVersion"].string
    if version not in ("", "v1"):
        yield (
            field,
            f"`{version}` is no version of pods with such a `fieldPath`",
            "leave `apiVersion` out",
        )
    if isinstance(path.value, str) and path.string not in _FIELDS:
        bare, bracket, _ = path.string.partition("['")
        if not bracket or bare not in ("metadata.labels", "metadata.annotations"):
            yield (
                path,
                f"`{path.string}` cannot be taken from a pod",
                f"write one of {', '.join(_FIELDS)}",
            )
    for kind in ("secretKeyRef", "configMapKeyRef"):
        key = source[kind]["key"]
        if isinstance(key.value, str) and (reason := _not_a_key(key.string)):
            yield key, f"`{key.string}` cannot be a key: {reason}", "write a key that is there"


def _not_a_name(name: str, minor: int) -> str:
    """Why a variable cannot have this name; only few could before 1.32 (IsEnvVarName)."""
    if minor < 32:
        if name[0].isdecimal():
            return "it begins with a digit"
        odd = [char for char in name if char not in _IN_KEY]
        return f"it contains `{odd[0]}`" if odd else ""
    if not name.isascii() or not name.isprintable():
        return "only printable ASCII characters are allowed"
    return "it contains `=`" if "=" in name else ""


def _not_a_key(key: str) -> str:
    """Why no ConfigMap can have this key (k8s.io/apimachinery: IsConfigMapKey)."""
    if not key or key == "." or key.startswith("..") or len(key) > 253:
        return "it is empty, `.`, too long or begins with `..`"
    odd = [char for char in key if char not in _IN_KEY]
    return f"it contains `{odd[0]}`" if odd else ""
