from collections.abc import Iterator

from hslint import (
    ALL,
    ERROR,
    WORKLOADS,
    Manifest,
    Pods,
    Problem,
    formats,
    has_placeholder,
    plain_at,
    plain_items,
    pods_of,
    rule,
)

_OF_POD = {
    "serviceAccountName": "a ServiceAccount",
    "nodeName": "a Node",
    "priorityClassName": "a PriorityClass",
    "runtimeClassName": "a RuntimeClass",
}
_OF_CLAIM = {
    "storageClassName": "a StorageClass",
    "volumeAttributesClassName": "a VolumeAttributesClass",
}
_KEYS = {"secretKeyRef": "a Secret", "configMapKeyRef": "a ConfigMap"}
_WHOLE = {"secretRef": "a Secret", "configMapRef": "a ConfigMap"}
_ENDPOINTS = (("endpoints",), ("subsets", ALL, "addresses"), ("subsets", ALL, "notReadyAddresses"))

Path = tuple[str | int, ...]
#: What may be a name, the way to it, and what it names.
Reference = tuple[Path, object, str]


@rule(
    ERROR,
    WORKLOADS,
    "Ingress",
    "Endpoints",
    "EndpointSlice",
    fields=(*_OF_POD, *_OF_CLAIM, *_KEYS, *_WHOLE, "ingressClassName", "secretName"),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A reference names an object in a way that no object can be called.

    The API server rejects it, or cannot create the pods: the names of ServiceAccounts, Nodes,
    Secrets, ConfigMaps and classes are DNS subdomains, of lower-case letters, digits, `-` and `.`.

    Write the name of the object as it is.
    (Sources: pkg/apis/core/validation: ValidatePodSpec, validateSecretKeySelector,
    validateEndpointAddress; pkg/apis/networking/validation: validateIngressSpec;
    pkg/apis/discovery/validation: validateEndpoints.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      serviceAccountName: web_server  # error: `web_server` cannot be the name of a ServiceAccount
      containers:
        - name: web
          image: nginx:1.29
          envFrom:
            - secretRef:
                name: Passwords  # error: `Passwords` cannot be the name of a Secret
    ```

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      ingressClassName: Nginx  # error: `Nginx` cannot be the name of an IngressClass
      defaultBackend:
        service:
          name: web
          port:
            number: 80
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      nodeName: node-1.example.com
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    found = [(manifest.root, each) for each in _in_object(manifest)]
    found += [(pods.spec, each) for pods in pods_of(manifest) for each in _in_pods(pods)]
    for base, (path, written, what) in found:
        if not isinstance(written, str):
            continue
        name = written
        if "envFrom" in path and name.endswith("-") and len(name) > 1:
            name = f"{name[:-2]}a"  # taken for the beginning of one (ValidateSecretName)
        if (reason := formats.dns_subdomain(name)) and not has_placeholder(written):
            node, plain = base.at(path), name.lower().replace("_", "-")
            is_name = not formats.dns_subdomain(plain)
            yield Problem(
                node,
                f"`{name}` cannot be the name of {what}: {reason}, {manifest.rejection(node.path)}",
                help=f"write `{plain}`" if is_name else "write the name of the object as it is",
            )


def _in_object(manifest: Manifest) -> Iterator[Reference]:
    """Each name in an object, but for its pods, that refers to another object."""
    root = manifest.root.value
    if manifest.type == "Ingress":
        for path, name in plain_at(root, "spec", "ingressClassName"):
            yield path, name, "an IngressClass"
        for path, name in plain_at(root, "spec", "tls", ALL, "secretName"):
            yield path, name or None, "a Secret"
    for way in _ENDPOINTS:
        for path, name in plain_at(root, *way, ALL, "nodeName") if way[0] in root else ():
            yield path, name, "a Node"
    for index, claim in plain_items(manifest.spec.mapping.get("volumeClaimTemplates")):
        path = "spec", "volumeClaimTemplates", index, "spec"
        yield from _named(path, claim.get("spec"), _OF_CLAIM)


def _in_pods(pods: Pods) -> Iterator[Reference]:
    """Each name in a pod spec that refers to an object."""
    spec = pods.spec.mapping
    yield from _named((), spec, _OF_POD)
    for index, volume in plain_items(spec.get("volumes")):
        if "ephemeral" in volume:
            for path, claim in plain_at(volume, "ephemeral", "volumeClaimTemplate", "spec"):
                yield from _named(("volumes", index, *path), claim, _OF_CLAIM)
    for container, field, number in pods.plain_containers:
        for index, variable in plain_items(container.get("env")):
            if isinstance(source := variable.get("valueFrom"), dict):  # few have one
                path = field, number, "env", index, "valueFrom"
                yield from _referred(path, source, _KEYS)
        for index, source in plain_items(container.get("envFrom")):
            yield from _referred((field, number, "envFrom", index), source, _WHOLE)


def _referred(path: Path, source: dict[str, object], kinds: dict[str, str]) -> Iterator[Reference]:
    """The names in the references of a source, which may not be empty if they are written."""
    for kind, what in kinds.items():
        if isinstance(reference := source.get(kind), dict):
            yield (*path, kind, "name"), reference.get("name"), what


def _named(path: Path, written: object, fields: dict[str, str]) -> Iterator[Reference]:
    """The names in some fields of what is written at a path; an empty one is as good as none."""
    if isinstance(written, dict):
        for field, what in fields.items():
            if name := written.get(field):
                yield (*path, field), name, what
