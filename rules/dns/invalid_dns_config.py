from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, formats, pods_of, rule

_NAMESERVERS = 3


@rule(ERROR, WORKLOADS, fields=("dnsConfig", "dnsPolicy"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """The `dnsConfig` of pods is beyond what a resolver takes, or lacks what it needs.

    No pod can be created with it. `dnsPolicy: None` takes the name servers from `dnsConfig` alone,
    so there must be one; there may be three, and 32 search domains with 2048 characters (in 1.25: 6
    and 256). Since 1.33 a search domain may have a `_`.

    Name one to three servers, and the search domains that are needed.
    (Source: pkg/apis/core/validation: validatePodDNSConfig.)

    ```yaml bad 1.25
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      dnsConfig:
        searches: [a.test, b.test, c.test, d.test, e.test, f.test, g.test]  # error: 7
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good 1.26
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      dnsConfig:
        searches: [a.test, b.test, c.test, d.test, e.test, f.test, g.test]
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml bad 1.32
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      dnsPolicy: None  # error: `dnsPolicy: None` needs a name server
      dnsConfig:
        searches: [_sip.example.com]  # error: `_sip.example.com` is no search domain
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good 1.33
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      dnsPolicy: None
      dnsConfig:
        nameservers: [10.96.0.10]
        searches: [_sip.example.com]
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        for node, reason, help_ in _wrong(pods, manifest.minor):
            rejected = pods.rejection
            yield Problem(node, f"{reason}, {rejected}", help=help_)


def _wrong(pods: Pods, minor: int) -> Iterator[tuple[Node, str, str]]:
    policy, config = pods.spec["dnsPolicy"], pods.spec["dnsConfig"]
    servers, searches = list(config["nameservers"]), [each.string for each in config["searches"]]
    if policy.string == "None" and not servers:
        yield policy, "`dnsPolicy: None` needs a name server", "add `dnsConfig.nameservers`"
    if len(servers) > _NAMESERVERS:
        reason = f"{len(servers)} name servers are more than the {_NAMESERVERS} that are allowed"
        yield servers[_NAMESERVERS], reason, "remove one"
    most, longest = (6, 256) if minor < 26 else (32, 2048)
    if len(searches) > most or len(" ".join(searches)) > longest:
        reason = (
            f"{len(searches)} search domains with {len(' '.join(searches))} characters are more"
            f" than the {most} with {longest} that are allowed"
        )
        yield config["searches"], reason, "remove some"
    for node in config["searches"]:
        name = node.string.removesuffix(".")
        plain = _without_underscores(name) if minor >= 33 else name
        if (name or not node.string) and (reason := formats.dns_subdomain(plain)):
            yield node, f"`{node.string}` is no search domain: {reason}", "write a domain"


def _without_underscores(name: str) -> str:
    """A domain with letters for each `_` that may be: first in a label, or within it."""
    labels = [label.removeprefix("_") for label in name.split(".")]
    return ".".join(label[:1] + label[1:-1].replace("_", "x") + label[1:][-1:] for label in labels)
