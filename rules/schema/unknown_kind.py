from collections.abc import Iterator

from hslint import ERROR, UNSAFE, Fix, Manifest, Problem, Schemas, rule


@rule(ERROR, fixes=(UNSAFE,))
def check(manifest: Manifest, unserved: Schemas) -> Iterator[Problem]:
    """No version of Kubernetes serves this `kind` under this `apiVersion`.

    kubectl stops with `no matches for kind`. Every kind belongs to one API group, and the
    `apiVersion` names that group and its version: a Deployment is `apps/v1`, a Service `v1`.

    Write the `apiVersion` of the kind, or correct the name of the kind.

    ```yaml bad
    apiVersion: v1  # error: there is no `v1` Deployment
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ---
    apiVersion: v1
    kind: Configmap  # error: there is no `v1` Configmap
    metadata:
      name: web
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: nginx:1.29
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    ```
    """
    version, kind = manifest.api_version, manifest.kind
    # Other groups are served by custom resources or other servers: nobody knows their kinds here.
    if "." in manifest.type:
        return
    if unserved.versions(version, kind) or unserved.removed(version, kind):
        return  # too-new-api and removed-api say so
    if kind.endswith("List"):
        return  # kubectl takes a list of any kind apart, however empty it is
    group = unserved.served.kinds(manifest.group)
    homes = unserved.served.homes(kind) if group or "." not in manifest.group else []
    near = unserved.served.like(kind, manifest.group)
    if homes:
        at, meant, help_ = manifest["apiVersion"], homes[0], f"write `apiVersion: {homes[0]}`"
        written = manifest.root.mapping | {"apiVersion": meant}
    elif near:
        at, meant, help_ = manifest["kind"], near, f"write `kind: {near}`, if that is meant"
        written = manifest.root.mapping | {"kind": meant}
    else:
        return  # neither is near anything: it may well be no object for the API server
    yield Problem(
        at,
        f"there is no `{version}` {kind}, so kubectl stops with `no matches for kind`",
        help=help_,
        fix=None if len(homes) > 1 or unserved.faults(written) else Fix.write(at, meant),
    )
