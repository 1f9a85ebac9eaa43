from collections.abc import Iterator

from hslint import (
    ALL,
    WARNING,
    WORKLOADS,
    Manifest,
    Node,
    Pods,
    Problem,
    World,
    is_headless,
    plain_at,
    rule,
)

_SUFFIX = "_SERVICE_HOST"


@rule(WARNING, WORKLOADS, fields=("env", "command", "args"))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A container uses a variable like `DB_SERVICE_HOST` of a headless Service, which has none.

    The kubelet sets such variables for Services with a virtual IP only. `$(DB_SERVICE_HOST)` stays
    in the text as it is, and a shell puts nothing in its place.

    Write the Service's name instead.
    (Source: kubelet pkg/kubelet/kubelet_pods.go: getServiceEnvVarMap.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          args: ["--db=$(SHOP_DB_SERVICE_HOST):5432"]  # warning: is never set
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: postgres
          port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: db
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          args: ["--db=shop-db:5432"]
    ```
    """
    if not manifest.document.may_hold(_SUFFIX):
        return
    for pods in world.pods_of(manifest):
        for container, text in _texts(pods):
            variables = {variable["name"].string for variable in container["env"]}
            for name in _variables(text.string):
                service = _headless(name, manifest, world)
                if service is None or name in variables or container["envFrom"]:
                    continue
                yield Problem(
                    text.key,  # the value itself looks as if something replaced it
                    f"the variable `{name}` is never set: {service.title} is headless",
                    related=((service.spec["clusterIP"].entry, "it has no virtual IP"),),
                    help=f"write `{service.name}`",
                )


def _texts(pods: Pods) -> Iterator[tuple[Node, Node]]:
    """The containers, each with those of its texts that name such a variable: mostly none."""
    for plain, field, number in pods.plain_containers:
        texts = plain_at(plain, "env", ALL, "value")
        texts += plain_at(plain, "command", ALL) + plain_at(plain, "args", ALL)
        for path, text in texts:
            if isinstance(text, str) and _SUFFIX in text:
                container = pods.spec[field][number]
                yield container, container.at(path)


def _variables(text: str) -> Iterator[str]:
    """The names ``X_SERVICE_HOST`` after a ``$``, ``$(`` or ``${`` of *text*."""
    for part in text.split("$")[1:]:
        name = part.lstrip("({")
        name = name[: name.find(_SUFFIX) + len(_SUFFIX)] if _SUFFIX in name else ""
        if name.isidentifier():
            yield name


def _headless(variable: str, manifest: Manifest, world: World) -> Manifest | None:
    """The Service that the variable would be for, if all of that name are headless."""
    name = variable.removesuffix(_SUFFIX).lower().replace("_", "-")
    services = world.named("Service", name, manifest)
    return services[0] if services and all(is_headless(s) for s in services) else None
