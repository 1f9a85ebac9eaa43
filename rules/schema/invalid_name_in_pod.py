from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    claim_templates,
    formats,
    has_placeholder,
    pods_of,
    rule,
)


@rule(ERROR, WORKLOADS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """The name of a container or a volume is no DNS label.

    No pod can be created with it: the API server rejects the workload, or up to 1.33 the pods of a
    StatefulSet. Such a name has at most 63 lower-case letters, digits and hyphens; `_`, `.` and
    capitals are for other names.

    Rename it, also where it is mounted.
    (Source: pkg/apis/core/validation: validateContainerCommon, ValidateVolumes.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web_server  # error: `web_server` cannot be the name of a container
          image: nginx:1.29
      volumes:
        - name: webData  # error: `webData` cannot be the name of a volume
          emptyDir: {}
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web-server
          image: nginx:1.29
      volumes:
        - name: web-data
          emptyDir: {}
    ```
    """
    for pods in pods_of(manifest):
        for node, what in _wrong(pods):
            better = node.string.lower().replace("_", "-").replace(".", "-")
            yield Problem(
                node,
                f"`{node.string}` cannot be the name of {what}: {formats.dns_label(node.string)},"
                f" {pods.rejection}",
                help="write lower-case letters, digits and `-`"
                if formats.dns_label(better)
                else f"write `name: {better}`",
            )


def _wrong(pods: Pods) -> Iterator[tuple[Node, str]]:
    """The names that are wrong, and of what they are."""
    for container, field, number in pods.plain_containers:
        if _is_wrong(container.get("name")):
            yield pods.spec[field][number]["name"], "a container"
    for volume, number in pods.plain_volumes:
        if _is_wrong(volume.get("name")):
            yield pods.spec["volumes"][number]["name"], "a volume"
    if pods.owner.type == "StatefulSet":  # its claims become volumes
        for claim in claim_templates(pods.owner):
            if _is_wrong(claim["metadata"]["name"].value):
                yield claim["metadata"]["name"], "a volume"


def _is_wrong(name: object) -> bool:
    if not isinstance(name, str) or not name or not formats.dns_label(name):
        return False
    return not has_placeholder(name)
