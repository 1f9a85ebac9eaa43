from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, formats, rule


@rule(WARNING, "Pod", "Deployment", "ReplicaSet", "Job", "CronJob")
def check(manifest: Manifest) -> Iterator[Problem]:
    """The name of a workload is no host name, and its pods take their host names from it.

    Names with dots or with more than 63 characters are allowed, but the host name of a pod is cut
    at 63 characters, and one with dots looks like a name with a domain. The API server accepts the
    object with a warning (`a DNS label is recommended`).

    Use lower-case letters, digits and `-`, at most 63 of them.

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web.v2  # warning: `web.v2` is no host name
    spec:
      containers:
        - name: web
          image: nginx:1.29
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-v2
    spec:
      containers:
        - name: web
          image: nginx:1.29
    ```
    """
    # k8s.io/kubernetes pkg/api/pod: warningsForPodSpecAndMeta; the registries of the other kinds
    # warn alike since 1.27. Other faults of a name are errors: invalid-name says so.
    name = manifest.name
    if formats.dns_label(name) and name and not formats.dns_subdomain(name):
        yield Problem(
            manifest["metadata"]["name"],
            f"`{name}` is no host name for the pods of this {manifest.kind}:"
            f" {formats.dns_label(name)}",
            help="write `" + name.replace(".", "-") + "`" if "." in name else "shorten it",
        )
