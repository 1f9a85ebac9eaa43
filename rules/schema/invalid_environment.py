from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, has_placeholder, pods_of, rule

#: The way below the variables, what is wrong there, and what to write.
Wrong = tuple[tuple[str | int, ...], str, str]

_FROM = ("configMapRef", "secretRef")
_WITH_KEY = ("secretKeyRef", "configMapKeyRef")
_FIELDS = (
    *("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName"),
    *("spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP"),
    "status.podIPs",
)
_DROPPED = ("fileKeyRef", 34)
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
        for container, field, number in pods.plain_containers:
            if "envFrom" in container:
                yield from _sources(pods, pods.spec[field][number]["envFrom"])
            variables = container.get("env")
            for steps, what, help_ in _wrong(variables, manifest.minor):
                node = pods.spec[field][number]["env"].at(steps)
                if not has_placeholder(node.string):
                    yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _sources(pods: Pods, listed: Node) -> Iterator[Problem]:
    for source in listed:
        kinds = [kind for kind in _FROM if source.mapping.get(kind) is not None]
        if len(kinds) != 1 and isinstance(source.value, dict | None):
            what = "a ConfigMap and a Secret" if kinds else "no ConfigMap and no Secret"
            message = f"this item of `envFrom` names {what}, {pods.rejection}"
            yield Problem(source, message, help="write one item for each")


def _wrong(variables: object, minor: int) -> Iterator[Wrong]:
    for number, variable in enumerate(variables if isinstance(variables, list) else ()):
        if not isinstance(variable, dict):
            continue
        if isinstance(name := variable.get("name"), str) and (reason := _not_a_name(name, minor)):
            what = f"`{name}` cannot be the name of a variable: {reason}"
            yield (number, "name"), what, "rename it"
        if isinstance(source := variable.get("valueFrom"), dict):
            for steps, what, help_ in _wrong_source(source, variable, minor):
                yield (number, "valueFrom", *steps), what, help_


def _wrong_source(
    source: dict[str, object], variable: dict[str, object], minor: int
) -> Iterator[Wrong]:
    """What is wrong with where a variable is taken from, and the way there from `valueFrom`."""
    name, value = (_text(variable.get(field)) for field in ("name", "value"))
    kinds = [k for k in source if source[k] is not None and (k, minor) != _DROPPED]
    if not kinds:
        yield (), f"`{name}` has an empty source", "write where it is taken from"
    elif value:
        yield (), f"`{name}` has a value and a source", "leave one of them out"
    elif len(kinds) > 1:
        yield (), f"`{name}` has {len(kinds)} sources", "leave one of them"
    for kind in kinds:
        if not isinstance(reference := source[kind], dict):
            continue
        if kind == "fieldRef":
            yield from _wrong_field(reference)
        key = reference.get("key") if kind in _WITH_KEY else None
        if isinstance(key, str) and (reason := _not_a_key(key)):
            yield (kind, "key"), f"`{key}` cannot be a key: {reason}", "write a key that is there"


def _wrong_field(field: dict[str, object]) -> Iterator[Wrong]:
    path, version = field.get("fieldPath"), _text(field.get("apiVersion"))
    if version not in ("", "v1"):
        what = f"`{version}` is no version of pods with such a `fieldPath`"
        yield ("fieldRef",), what, "leave `apiVersion` out"
    if isinstance(path, str) and path not in _FIELDS:
        bare, bracket, _ = path.partition("['")
        if not bracket or bare not in ("metadata.labels", "metadata.annotations"):
            what = f"`{path}` cannot be taken from a pod"
            yield ("fieldRef", "fieldPath"), what, f"write one of {', '.join(_FIELDS)}"


def _not_a_name(name: str, minor: int) -> str:
    """Why a variable cannot have this name; only few could before 1.32 (IsEnvVarName)."""
    if not name or (name.isascii() and name.isidentifier()):
        return ""  # as nearly always; none is missing-field's or empty-field's
    if minor < 32:
        if name[0].isdecimal():
            return "it begins with a digit"
        odd = name.strip(_IN_KEY)
        return f"it contains `{odd[0]}`" if odd else ""
    if not name.isascii() or not name.isprintable():
        return "only printable ASCII characters are allowed"
    return "it contains `=`" if "=" in name else ""


def _not_a_key(key: str) -> str:
    """Why no ConfigMap can have this key (k8s.io/apimachinery: IsConfigMapKey)."""
    if not key or key == "." or key.startswith("..") or len(key) > 253:
        return "it is empty, `.`, too long or begins with `..`"
    odd = key.strip(_IN_KEY)
    return f"it contains `{odd[0]}`" if odd else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
