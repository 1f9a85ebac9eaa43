from collections.abc import Iterator

from hslint import (
    ERROR,
    UNSAFE,
    WORKLOADS,
    Fix,
    Manifest,
    Node,
    Pods,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

_LONGEST = 64


@rule(ERROR, WORKLOADS, fields=("hostname", "subdomain", "hostnameOverride"), fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The `hostname`, `subdomain` or `hostnameOverride` of pods cannot be the name of a host.

    No pod can be created with it. `hostname` and `subdomain` are a single DNS label each: the name
    of a pod and that of its Service, without dots. `hostnameOverride` (since 1.35) is a whole name
    of at most 64 characters; it excludes `setHostnameAsFQDN` and `hostNetwork`.

    Write the plain name; DNS adds the namespace and the domain.
    (Source: pkg/apis/core/validation: ValidatePodSpec, validateHostnameOverride.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: member
    spec:
      hostname: member-0.members  # error: `member-0.members` cannot be a `hostname`
      containers:
        - name: member
          image: example.com/member:1.4
    ```

    ```yaml bad 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: member
    spec:
      hostNetwork: true
      hostnameOverride: member.example.com  # error: `hostnameOverride` excludes `hostNetwork: true`
      containers:
        - name: member
          image: example.com/member:1.4
    ```

    ```yaml good 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: member
    spec:
      hostnameOverride: member.example.com
      containers:
        - name: member
          image: example.com/member:1.4
    ```
    """
    for pods in pods_of(manifest):
        for node, reason, help_, fix in _wrong(pods, manifest.minor):
            rejected = pods.rejection
            yield Problem(node, f"{reason}, {rejected}", help=help_, fix=fix)


def _wrong(pods: Pods, minor: int) -> Iterator[tuple[Node, str, str, Fix | None]]:
    spec = pods.spec
    # The controller writes those of a StatefulSet: pod-identity-overwritten
    for name in ("hostname", "subdomain") if pods.owner.type != "StatefulSet" else ():
        text = spec[name].string
        if text and not has_placeholder(text) and (reason := formats.dns_label(text)):
            first = text.partition(".")[0]
            message = f"`{text}` cannot be a `{name}`: {reason}"
            if formats.dns_label(first):
                yield spec[name], message, "write a single name", None
            else:
                yield spec[name], message, f"write `{name}: {first}`", Fix.write(spec[name], first)
    over = spec["hostnameOverride"]
    if not isinstance(over.value, str) or minor < 35 or has_placeholder(over.string):
        return  # not known before 1.34, and dropped there: dropped-field says so
    for other in ("hostNetwork", "setHostnameAsFQDN"):
        if spec[other].value is True:
            yield (
                over,
                f"`hostnameOverride` excludes `{other}: true`",
                "remove one of the two",
                None,
            )
    reason = formats.dns_subdomain(over.string)
    if not reason and len(over.string) > _LONGEST:
        reason = f"it has {len(over.string)} characters, and at most {_LONGEST} are allowed"
    if reason:
        message = f"`{over.string}` cannot be a host name: {reason}"
        yield over, message, "write a shorter name", None
