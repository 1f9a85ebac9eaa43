from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Node, Problem, is_headless, rule

#: Annotations that kube-proxy alone acts on (pkg/proxy/topology).
_ANNOTATIONS = (
    "service.kubernetes.io/topology-mode",
    "service.kubernetes.io/topology-aware-hints",
)


_FIELDS = ("trafficDistribution", "loadBalancerIP", "externalIPs")
_POLICIES = (("sessionAffinity", "None"), ("internalTrafficPolicy", "Cluster"))


@rule(
    WARNING,
    "Service",
    fields=(*_ANNOTATIONS, *_FIELDS, *(name for name, _ in _POLICIES)),
    fixes=(UNSAFE,),
)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A headless Service has a field that has no effect without a virtual IP.

    Session affinity, traffic policies, external and load balancer IPs and topology are the work of
    kube-proxy, which leaves headless Services alone: clients connect to the pods themselves. The
    API server accepts the field (since 1.34 it warns of some), and nothing happens.

    Leave it out, or put it on a second Service with a virtual IP.
    (Source: pkg/proxy/util: ShouldSkipService; pkg/api/service: GetWarningsForService.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      sessionAffinity: ClientIP  # warning: `sessionAffinity` has no effect on headless Service `db`
      internalTrafficPolicy: Local  # warning: `internalTrafficPolicy` has no effect
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: db-clients
    spec:
      sessionAffinity: ClientIP
      internalTrafficPolicy: Local
      selector:
        app: db
      ports:
        - name: db
          port: 27017
    ```
    """
    if not is_headless(manifest):
        return
    affinity = manifest.spec["sessionAffinityConfig"]
    for name, field in _ignored(manifest):
        fix = Fix.remove(field)
        yield Problem(
            field.entry,
            f"`{name}` has no effect on headless {manifest.title}: there is no virtual IP to act"
            " on",
            help="leave it out, or put it on a second Service with a virtual IP",
            fix=fix + Fix.remove(affinity) if name == "sessionAffinity" and affinity else fix,
        )


def _ignored(manifest: Manifest) -> Iterator[tuple[str, Node]]:
    """The fields that are set to something and do nothing, with their names."""
    spec = manifest.spec
    for name, default in _POLICIES:
        if spec[name].string not in ("", default):
            yield name, spec[name]
    for name in _FIELDS:
        if spec[name].value:
            yield name, spec[name]
    for name in _ANNOTATIONS:
        value = manifest["metadata"]["annotations"][name]
        if value.string.lower() not in ("", "disabled"):
            yield name, value
