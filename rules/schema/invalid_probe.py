from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Problem, pods_of, rule

#: The way below a field, what is wrong there, and what to write.
Wrong = tuple[tuple[str | int, ...], str, str]

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_FIELDS = (*_PROBES, "lifecycle")
_HOOKS = ("postStart", "preStop")
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc", "sleep")
_WITH_PORT = ("httpGet", "tcpSocket")
_NUMBERS = (
    *("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold"),
    "failureThreshold",
)
_GRACE = "terminationGracePeriodSeconds"


@rule(ERROR, WORKLOADS, fields=_FIELDS)
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
        for container, field, number in pods.plain_containers:
            for name in _FIELDS:
                if not isinstance(container.get(name), dict):
                    continue
                if field == "initContainers" and container.get("restartPolicy") != "Always":
                    yield Problem(
                        pods.spec[field][number][name].key,
                        f"an init container that is no sidecar has no `{name}`, {pods.rejection}",
                        help="leave it out, or write `restartPolicy: Always`",
                    )
                    continue
                if name == "lifecycle":
                    wrong = _hooks(container[name], pods.spec.mapping.get(_GRACE))
                else:
                    wrong = _probe(container[name], name)
                for steps, what, help_ in wrong:
                    node = pods.spec[field][number][name].at(steps)
                    yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _probe(probe: dict[str, object], name: str) -> Iterator[Wrong]:
    yield from _handlers(probe, name)
    for field in _NUMBERS:
        if (_integer(probe.get(field)) or 0) < 0:
            yield (field,), f"`{field}` is negative", "write how many"
    if name == "readinessProbe":
        if probe.get(_GRACE) is not None:
            yield (_GRACE,), f"`{name}` takes no `{_GRACE}`", "leave it out"
        return
    if (_integer(probe.get("successThreshold")) or 1) > 1:
        what = f"`{name}` takes no `successThreshold` but 1"
        yield ("successThreshold",), what, "leave it out"
    seconds = _integer(probe.get(_GRACE))
    if seconds is not None and seconds < 1:
        yield (_GRACE,), f"`{_GRACE}` is not above 0", "write how many seconds"


def _hooks(lifecycle: dict[str, object], grace: object) -> Iterator[Wrong]:
    limit = _integer(grace)
    most = 30 if limit is None else limit
    for name in _HOOKS:
        hook = lifecycle.get(name)
        if isinstance(hook, dict):
            for steps, what, help_ in _handlers(hook, name):
                yield (name, *steps), what, help_
            sleep = hook.get("sleep")
            seconds = _integer(sleep.get("seconds")) if isinstance(sleep, dict) else None
            if seconds is not None and not 0 <= seconds <= most:
                what = f"`sleep` takes from 0 to `{_GRACE}`, {most}"
                yield (name, "sleep", "seconds"), what, "write fewer seconds"


def _handlers(hook: dict[str, object], name: str) -> Iterator[Wrong]:
    """What is wrong with the ways in which a probe or a lifecycle hook calls the container."""
    found = [handler for handler in _HANDLERS if hook.get(handler) is not None]
    if len(found) > 1:
        yield (), f"`{name}` has `{found[0]}` and `{found[1]}`", "leave one of them out"
    elif not found:
        what = f"`{name}` says no way to call the container"
        yield (), what, "write one of `exec`, `httpGet`, `tcpSocket`, `grpc`"
    for way in found:
        written = hook[way]
        call = written if isinstance(written, dict) else {}
        if found == ["exec"] and not call.get("command"):
            yield ("exec",), f"`{name}` has no command", "write `command`"
        if way in _WITH_PORT and call.get("port") == "":
            yield (way, "port"), "`port` is empty", "write a number or the name of a port"
        if way == "httpGet" and "httpHeaders" in call:
            yield from _headers(call["httpHeaders"])


def _headers(headers: object) -> Iterator[Wrong]:
    for number, header in enumerate(headers if isinstance(headers, list) else ()):
        written = header.get("name") if isinstance(header, dict) else None
        text = written if isinstance(written, str) else ""
        if not (text.replace("-", "x").isalnum() and text.isascii()):
            what = f"`{text}` is no name of a header: only letters, digits and `-` are allowed"
            at = ("httpGet", "httpHeaders", number, "name")
            yield at, what, "write a name like `X-Header`"


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
