from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    formats,
    has_placeholder,
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
_ALL = {"secretRef": "a Secret", "configMapRef": "a ConfigMap"}
_TEMPLATE = ("spec", "template", "spec")


@rule(ERROR, WORKLOADS, "Ingress", "Endpoints", "EndpointSlice")
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
    for node, what in _references(manifest):
        name = node.value
        if not isinstance(name, str) or has_placeholder(name):
            continue
        if node.path[-2] in _ALL and name.endswith("-") and len(name) > 1:
            name = f"{name[:-2]}a"  # taken for the beginning of one (ValidateSecretName)
        if reason := formats.dns_subdomain(name):
            yield Problem(
                node,
                f"`{name}` cannot be the name of {what}: {reason}, {manifest.rejection(node.path)}",
                help=f"write `{name.lower().replace('_', '-')}`"
                if not formats.dns_subdomain(name.lower().replace("_", "-"))
                else "write the name of the object as it is",
            )


def _references(manifest: Manifest) -> Iterator[tuple[Node, str]]:
    """Each name that refers to an object, with what that object is."""
    spec = manifest.spec
    if manifest.type == "Ingress":
        yield spec["ingressClassName"], "an IngressClass"
        for entry in spec["tls"]:
            yield from _named(entry, {"secretName": "a Secret"})
    for endpoint in manifest["endpoints"]:
        yield endpoint["nodeName"], "a Node"
    for subset in manifest["subsets"]:
        for address in [*subset["addresses"], *subset["notReadyAddresses"]]:
            yield address["nodeName"], "a Node"
    for pods in pods_of(manifest):
        yield from _of_pods(pods)
    if "volumeClaimTemplates" in spec.mapping:
        for claim in spec["volumeClaimTemplates"]:
            yield from _named(claim["spec"], _OF_CLAIM)


def _of_pods(pods: Pods) -> Iterator[tuple[Node, str]]:
    yield from _named(pods.spec, _OF_POD)
    for volume in pods.volumes:
        if "ephemeral" in volume.mapping:
            claim = volume["ephemeral"]["volumeClaimTemplate"]
            yield from _named(claim["spec"], _OF_CLAIM)
    for plain, field, number in pods.plain_containers:
        if "env" in plain or "envFrom" in plain:
            container = pods.spec[field][number]
            env = container["env"]
            for index, written in enumerate(env.value if isinstance(env.value, list) else ()):
                if isinstance(written, dict) and "valueFrom" in written:  # few have a source
                    for kind, what in _KEYS.items():
                        yield from _referred(env[index]["valueFrom"][kind], what)
            for source in container["envFrom"]:
                for kind, what in _ALL.items():
                    yield from _referred(source[kind], what)


def _named(node: Node, fields: dict[str, str]) -> Iterator[tuple[Node, str]]:
    """The names written in some fields; an empty one is as good as none."""
    for field, what in fields.items():
        if node.mapping.get(field):
            yield node[field], what


def _referred(reference: Node, what: str) -> Iterator[tuple[Node, str]]:
    """The name in a reference, which may not be empty if it is written."""
    if "name" in reference.mapping:
        yield reference["name"], what
