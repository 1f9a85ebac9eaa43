from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, World, are_beside, closest, rule

_KINDS = ("Role", "ClusterRole")
#: ClusterRoles that every cluster has, beside those that begin with `system:`.
_BUILT_IN = frozenset({"admin", "cluster-admin", "edit", "view"})


@rule(WARNING, "RoleBinding", "ClusterRoleBinding", fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A binding names a role that is not here, but a like one is.

    Nothing rejects it, but the binding grants nothing: requests are `forbidden`. A Role is looked
    for in the namespace of the binding. A `roleRef` cannot be changed later: delete the binding and
    make it again.

    Correct the name or the kind. (Source: plugin/pkg/auth/authorizer/rbac: VisitRulesFor.)

    ```yaml bad
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: pod-reader
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: pod-reader
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: pods-reader  # warning: no Role `pods-reader` in the files given
    subjects: []
    ```

    ```yaml good
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: pod-reader
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: pod-reader
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: pod-reader
    subjects: []
    ```
    """
    node, kind = manifest["roleRef"]["name"], manifest["roleRef"]["kind"].string
    name = node.string
    if not name or kind not in _KINDS or name in _BUILT_IN or name.startswith("system:"):
        return
    if _named(kind, name, manifest, world):
        return
    swapped = _KINDS[kind == _KINDS[0]]
    for role in [*_named(swapped, name, manifest, world), *world.elsewhere(kind, name, manifest)]:
        if not are_beside(role, manifest):
            continue
        if role.kind == kind:
            found, help_ = f"is in namespace `{role.namespace}`", "put both into one namespace"
        else:
            found, help_ = f"is a {role.kind}", f"write `kind: {role.kind}`"
        yield Problem(
            manifest["roleRef"]["kind"] if role.kind != kind else node,
            f"no {kind} `{name}` in the files given (it {found}), so {manifest.title} grants"
            " nothing",
            related=((role["metadata"]["name"], "this is the one of that name"),),
            help=help_,
            fix=Fix.write(manifest["roleRef"]["kind"], role.kind) if role.kind != kind else None,
        )
        return
    # A role that nothing binds was probably meant.
    bound = {
        binding["roleRef"]["name"].string
        for bindings in ("RoleBinding", "ClusterRoleBinding")
        for binding in world.beside(bindings, manifest)
    }
    roles = {
        role.name: role for role in world.beside(kind, manifest, name) if role.name not in bound
    }
    near = closest(name, roles)
    if near:
        yield Problem(
            node,
            f"no {kind} `{name}` in the files given, so {manifest.title} grants nothing",
            related=((roles[near]["metadata"]["name"], "nothing binds this one; is it meant?"),),
            help=f"write `name: {near}`",
            fix=Fix.write(node, near),
        )


def _named(kind: str, name: str, binding: Manifest, world: World) -> list[Manifest]:
    """The roles of this name that a binding can name: a ClusterRole has no namespace."""
    if kind == "ClusterRole":
        return world.all_named(kind, name)
    return world.named(kind, name, binding) if binding.kind == "RoleBinding" else []
