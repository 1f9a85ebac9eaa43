from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Problem, formats, has_placeholder, pods_of, rule


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
        named = [(container["name"], "a container") for container in pods.all_containers]
        if "volumes" in pods.spec.mapping:
            named += [(volume["name"], "a volume") for volume in pods.volumes]
        if manifest.type == "StatefulSet":  # its claims become volumes
            claims = manifest.spec["volumeClaimTemplates"]
            named += [(claim["metadata"]["name"], "a volume") for claim in claims]
        for node, what in named:
            name = node.string
            reason = name and formats.dns_label(name)
            if reason and not has_placeholder(name):
                better = name.lower().replace("_", "-").replace(".", "-")
                yield Problem(
                    node,
                    f"`{name}` cannot be the name of {what}: {reason}, {pods.rejection}",
                    help="write lower-case letters, digits and `-`"
                    if formats.dns_label(better)
                    else f"write `name: {better}`",
                )
