from collections.abc import Iterator

from hslint import (
    ERROR,
    WARNING,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)


@rule(ERROR, WORKLOADS, fields=("hostAliases",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A name in a pod's `hostAliases` is no host name.

    The API server rejects it, or cannot create the pods: such names go into the pod's `/etc/hosts`,
    and are DNS names in lower case. Entries are told apart by their address, so that two of one
    address become one.

    Write the bare name. (Source: pkg/apis/core/validation: ValidateHostAliases.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      hostAliases:
        - ip: 192.0.2.1
          hostnames:
            - http://db.example.com  # error: `http://db.example.com` is no host name
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      hostAliases:
        - ip: 192.0.2.1
          hostnames:
            - db.example.com
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    for pods in pods_of(manifest):
        seen: dict[str, Node] = {}
        for alias in pods.spec["hostAliases"]:
            address = alias["ip"]
            first = seen.setdefault(address.string, address)
            if address.string and first is not address:
                yield Problem(
                    address,
                    f"`{address.string}` is there twice, and `kubectl apply` keeps one of them",
                    related=((first, "the first one"),),
                    help="write all its names into one entry",
                    severity=WARNING,
                )
            for name in alias["hostnames"]:
                reason = formats.dns_subdomain(name.string)
                if reason and not has_placeholder(name.string):
                    yield Problem(
                        name,
                        f"`{name.string}` is no host name: {reason}, {pods.rejection}",
                        help="write the bare name, in lower case",
                    )
