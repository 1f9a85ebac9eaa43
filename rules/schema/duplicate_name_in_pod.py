from collections.abc import Iterable, Iterator

from hslint import (
    ERROR,
    WARNING,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    claim_templates,
    pods_of,
    rule,
)

#: The lists of a container, the field that no two of their items share, and what else is wrong.
_IN_CONTAINER = (
    ("volumeDevices", "name", "has two devices"),
    ("volumeDevices", "devicePath", "has two devices"),
    ("volumeMounts", "mountPath", "mounts two volumes at"),
)


@rule(ERROR, WORKLOADS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """Two containers or volumes of a pod have the same name, or two mounts the same path.

    No pod can be created so: the API server rejects it (`Duplicate value`, `must be unique`). Of a
    StatefulSet it looks at the template since 1.34 only; before, it accepts the StatefulSet, and
    then none of its pods is created. Init containers and main ones share their names. Of two claims
    of a StatefulSet the last one counts.

    Rename one, or remove it.
    (Source: pkg/apis/core/validation: validateContainers, ValidateVolumes, ValidateVolumeMounts.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      initContainers:
        - name: web
          image: busybox:1.37
      containers:
        - name: web  # error: Pod `web` has two containers named `web`
          image: nginx:1.29
          volumeMounts:
            - name: conf
              mountPath: /etc/nginx
            - name: certs
              mountPath: /etc/nginx  # error: container `web` mounts two volumes at `/etc/nginx`
      volumes:
        - name: conf
          emptyDir: {}
        - name: certs
          emptyDir: {}
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          volumeMounts:
            - name: conf
              mountPath: /etc/nginx
            - name: certs
              mountPath: /etc/nginx/certs
      volumes:
        - name: conf
          emptyDir: {}
        - name: certs
          emptyDir: {}
    ```
    """
    for pods in pods_of(manifest):
        for first, second, what in _twice(pods):
            yield Problem(
                second,
                f"{what}, {pods.rejection}",
                related=((first, "the first one"),),
                help="rename one of the two, or remove it"
                if second.path[-1] == "name"
                else f"write another `{second.path[-1]}`",
            )
    claims = claim_templates(manifest) if "." not in manifest.type else ()
    for first, second in _pairs(claim["metadata"]["name"] for claim in claims):
        yield Problem(
            second,
            f"{manifest.title} has two claims named `{first.string}`, and the last one counts",
            related=((first, "the first one"),),
            help="rename one of the two, or remove it",
            severity=WARNING,
        )


def _twice(pods: Pods) -> Iterator[tuple[Node, Node, str]]:
    """What is there twice: the first, the second, and what is wrong with them."""
    if _has_twice([container for container, _, _ in pods.plain_containers], "name"):
        for first, second in _pairs(c["name"] for c in pods.all_containers):
            yield first, second, f"{pods.owner.title} has two containers named `{first.string}`"
    if _has_twice(pods.spec.mapping.get("volumes"), "name"):
        for first, second in _pairs(v["name"] for v in pods.volumes):
            yield first, second, f"{pods.owner.title} has two volumes named `{first.string}`"
    for plain, field, number in pods.plain_containers:
        for listed, unique, what in _IN_CONTAINER:
            if listed in plain and _has_twice(plain[listed], unique):
                container = pods.spec[field][number]
                for first, second in _pairs(each[unique] for each in container[listed]):
                    name = container["name"].string
                    yield first, second, f"container `{name}` {what} `{first.string}`"


def _has_twice(items: object, field: str) -> bool:
    """Whether two items of a list have the same text in a field: a look at plain values."""
    if not isinstance(items, list) or len(items) < 2:
        return False
    texts = [item.get(field) for item in items if isinstance(item, dict)]
    texts = [text for text in texts if isinstance(text, str)]
    return len(set(texts)) < len(texts)


def _pairs(nodes: Iterable[Node]) -> Iterator[tuple[Node, Node]]:
    """Each node whose text an earlier one has, after that one."""
    seen: dict[str, Node] = {}
    for node in nodes:
        first = seen.setdefault(node.string, node)
        if node.string and first is not node:
            yield first, node
