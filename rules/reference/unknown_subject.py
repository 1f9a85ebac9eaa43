from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Node, Problem, World, closest, rule


@rule(WARNING, "RoleBinding", "ClusterRoleBinding", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A binding grants to a ServiceAccount that is not here, but a like one is.

    Nothing rejects it, and the requests of the pods are `forbidden`. A ServiceAccount is named with
    its namespace.

    Correct the name or the namespace.

    ```yaml bad
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      namespace: shop
    ---
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
        namespace: default  # warning: ServiceAccount `web` is in namespace `shop`
    ```

    ```yaml good
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      namespace: shop
    ---
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
    for subject in manifest["subjects"]:
        name, namespace = subject["name"], subject["namespace"]
        if subject["kind"].string != "ServiceAccount" or not name.string:
            continue
        if not namespace.string:
            continue  # subject-without-namespace says so
        known = world.all_named("ServiceAccount", name.string)
        if any(account.namespace in (None, namespace.string) for account in known):
            continue
        yield from _near_miss(manifest, subject, known, world)


def _near_miss(
    binding: Manifest, subject: Node, known: list[Manifest], world: World
) -> Iterator[Problem]:
    """Find the ServiceAccount that was probably meant: in one file with the binding."""
    name, namespace = subject["name"], subject["namespace"].string
    for account in known:
        if account.file == binding.file:
            yield Problem(
                subject["namespace"],
                f"{account.title} is in namespace `{account.namespace}`, so {binding.title} grants"
                " it nothing",
                related=((account["metadata"]["namespace"], "the ServiceAccount is here"),),
                help=f"write `namespace: {account.namespace}`",
                fix=Fix.write(subject["namespace"], account.namespace)
                if account.namespace
                else None,
            )
            return
    accounts = {
        account.name: account
        for account in world.all("ServiceAccount")
        if account.file == binding.file and account.namespace in (None, namespace)
    }
    granted = {
        each["name"].string
        for kind in ("RoleBinding", "ClusterRoleBinding")
        for other in world.beside(kind, binding)
        for each in other["subjects"]
    }
    near = closest(name.string, accounts.keys() - granted)
    if near and name.string != "default":
        yield Problem(
            name,
            f"no ServiceAccount `{name.string}` in the files given, so {binding.title} grants"
            " nothing",
            related=((accounts[near]["metadata"]["name"], "did you mean this one?"),),
            help=f"write `name: {near}`",
            fix=Fix.write(name, near),
        )
