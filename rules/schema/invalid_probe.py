from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, pods_of, rule

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = ("postStart", "preStop")
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc", "sleep")
_NUMBERS = (
    *("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold"),
    "failureThreshold",
)


@rule(ERROR, WORKLOADS, fields=(*_PROBES, "lifecycle"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A probe or a lifecycle hook has no way to call the container, or two, or a number amiss.

    The API server rejects it: a probe is one of `exec`, `httpGet`, `tcpSocket` and `grpc`. Its
    numbers are not negative; liveness and startup probes succeed at once (`successThreshold: 1`),
    and readiness probes end nothing, so they have no `terminationGracePeriodSeconds`. An init
    container has none, unless it is a sidecar.

    Keep one of them.
    (Source: pkg/apis/core/validation: validateProbe, validateHandler, validateLifecycle.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          livenessProbe:  # error: `livenessProbe` says no way to call the container
            periodSeconds: 5
          readinessProbe:  # error: `readinessProbe` has `httpGet` and `tcpSocket`
            periodSeconds: -5  # error: `periodSeconds` is negative
            httpGet: {port: 80}
            tcpSocket: {port: 80}
          startupProbe:
            successThreshold: 3  # error: `startupProbe` takes no `successThreshold` but 1
            tcpSocket: {port: 80}
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
          ports:
            - containerPort: 80
          readinessProbe:
            periodSeconds: 5
            successThreshold: 2
            tcpSocket: {port: 80}
    ```
    """
    for pods in pods_of(manifest):
        for plain, field, number in pods.plain_containers:
            once = field == "initContainers" and plain.get("restartPolicy") != "Always"
            for name in (*_PROBES, "lifecycle"):
                if isinstance(plain.get(name), dict):
                    probe = pods.spec[field][number][name]
                    grace = pods.spec["terminationGracePeriodSeconds"].integer
                    for node, what, help_ in _once(probe) if once else _wrong(probe, name, grace):
                        yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _once(node: Node) -> Iterator[tuple[Node, str, str]]:
    what = f"an init container that is no sidecar has no `{node.path[-1]}`"
    yield node.key, what, "leave it out, or write `restartPolicy: Always`"


def _wrong(node: Node, name: str, grace: int | None) -> Iterator[tuple[Node, str, str]]:
    if name == "lifecycle":
        most = 30 if grace is None else grace
        for hook in _HOOKS:
            if isinstance(node.mapping.get(hook), dict):
                yield from _handlers(node[hook], hook)
                seconds = node[hook]["sleep"]["seconds"]
                if seconds.integer is not None and not 0 <= seconds.integer <= most:
                    what = f"`sleep` takes from 0 to `terminationGracePeriodSeconds`, {most}"
                    yield seconds, what, "write fewer seconds"
        return
    yield from _handlers(node, name)
    for field in _NUMBERS:
        if (node[field].integer or 0) < 0:
            yield node[field], f"`{field}` is negative", "write how many"
    once, end = node["successThreshold"], node["terminationGracePeriodSeconds"]
    if name != "readinessProbe" and (once.integer or 1) > 1:
        yield once, f"`{name}` takes no `successThreshold` but 1", "leave it out"
    if name == "readinessProbe" and end:
        yield end, f"`{name}` takes no `terminationGracePeriodSeconds`", "leave it out"
    elif end.integer is not None and end.integer < 1:
        yield end, "`terminationGracePeriodSeconds` is not above 0", "write how many seconds"


def _handlers(node: Node, name: str) -> Iterator[tuple[Node, str, str]]:
    found = [handler for handler in _HANDLERS if node.mapping.get(handler) is not None]
    if len(found) > 1:
        yield node, f"`{name}` has `{found[0]}` and `{found[1]}`", "leave one of them out"
    elif not found:
        yield (
            node,
            f"`{name}` says no way to call the container",
            "write one of `exec`, `httpGet`, `tcpSocket`, `grpc`",
        )
    elif found == ["exec"] and not node["exec"]["command"].value:
        yield node["exec"], f"`{name}` has no command", "write `command`"
    for way in ("httpGet", "tcpSocket"):
        if node[way]["port"].value == "":
            yield node[way]["port"], "`port` is empty", "write a number or the name of a port"
    for header in node["httpGet"]["httpHeaders"]:
        text = header["name"].string
        if text.replace("-", "x").isalnum() and text.isascii():
            continue
        what = f"`{text}` is no name of a header: only letters, digits and `-` are allowed"
        yield header["name"], what, "write a name like `X-Header`"
