from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, World, rule


@rule(ERROR, "ClusterRoleBinding")
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A ClusterRoleBinding names a ServiceAccount without its namespace.

    The API server rejects it: the binding itself is in no namespace that could be meant. In a
    RoleBinding the namespace may be left out, and is the binding's own.

    Add the `namespace` of the ServiceAccount.
    (Source: pkg/apis/rbac/validation: ValidateRoleBindingSubject.)

    ```yaml bad
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: web  # error: ServiceAccount `web` has no `namespace` here
    ```

    ```yaml good
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: web
        namespace: shop
    ```
    """
    if world.is_built(manifest):
        return  # kustomize sets the namespace of the ServiceAccounts that it builds
    for subject in manifest["subjects"]:
        name, namespace = subject["name"], subject["namespace"]
        if subject["kind"].string == "ServiceAccount" and name.string and not namespace.value:
            yield Problem(
                namespace if namespace.written else name,
                f"ServiceAccount `{name.string}` has no `namespace` here, so the API server"
                f" rejects {manifest.title}",
                help="add the `namespace` of the ServiceAccount",
            )
