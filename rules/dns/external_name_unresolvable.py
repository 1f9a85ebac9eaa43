from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, World, formats, rule


@rule(WARNING, "Service", fields=("externalName",), fixes=(UNSAFE,))
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """The `externalName` of a Service leads nowhere: to a short name, or back to the Service.

    DNS hands it out as it stands, and no search path is applied to it: `db` and `db.prod.svc` do
    not resolve. An alias of an alias of itself never ends.

    For a Service of the cluster write its full name, `db.prod.svc.cluster.local`.
    (Source: kubernetes/dns docs/specification.md, 2.5.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: shop
    spec:
      type: ExternalName
      externalName: db.data.svc  # warning: `db.data.svc` is looked up as it stands
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: queue
      namespace: shop
    spec:
      type: ExternalName
      externalName: queue.shop.svc.cluster.local  # warning: leads back to Service `queue`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      namespace: shop
    spec:
      type: ExternalName
      externalName: db.data.svc.cluster.local
    ```
    """
    name = manifest.spec["externalName"]
    host = name.string.removesuffix(".")
    if manifest.spec["type"].string != "ExternalName" or formats.dns_subdomain(host):
        return  # external-name-invalid
    if _leads_back(manifest, world):
        message = f"`{host}` leads back to {manifest.title}, which never resolves"
        yield Problem(name, message, help="name the host that clients are sent to")
    elif "." not in host or host.endswith(".svc"):
        inside = f"{host}.{manifest.namespace or 'NAMESPACE'}.svc" if "." not in host else host
        yield Problem(
            name,
            f"`{host}` is looked up as it stands, without a search path, and does not resolve",
            help=f"write the full name, such as `{inside}.{world.cluster_domain}`",
            fix=Fix.write(name, f"{inside}.{world.cluster_domain}")
            if inside == host or manifest.namespace
            else None,
        )


def _leads_back(manifest: Manifest, world: World) -> bool:
    """Whether following the aliases comes back to *manifest*."""
    service, seen = manifest, 0
    while seen < 8:  # what resolvers follow at most
        host = service.spec["externalName"].string.removesuffix(".").lower()
        labels = host.removesuffix(f".svc.{world.cluster_domain}").split(".")
        if len(labels) != 2 or not host.endswith(world.cluster_domain):
            return False
        found = [s for s in world.all_named("Service", labels[0]) if s.namespace == labels[1]]
        if len(found) != 1 or found[0].spec["type"].string != "ExternalName":
            return False
        service = found[0]
        if service is manifest:
            return True
        seen += 1
    return False
