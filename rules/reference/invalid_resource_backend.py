from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, formats, has_placeholder, ingress_backends, rule


@rule(ERROR, "Ingress", fields=("resource",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A `resource` behind an Ingress has a kind, name or group that nothing can have.

    The API server rejects it. A group is a DNS name without a version; kinds and names hold no `/`
    and no `%`.

    Write the group, kind and name apart.
    (Source: pkg/apis/networking/validation: validateIngressTypedLocalObjectReference.)

    ```yaml bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        resource:
          apiGroup: storage.example.com/v1  # error: `storage.example.com/v1` cannot be a group
          kind: Bucket
          name: static/assets  # error: `static/assets` cannot be a name
    ```

    ```yaml good
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        resource:
          apiGroup: storage.example.com
          kind: Bucket
          name: assets
    ```
    """
    rejected = f"so the API server rejects {manifest.title}"
    for backend in ingress_backends(manifest):
        resource = backend["resource"]
        for field, what in (("apiGroup", "a group"), ("kind", "a kind"), ("name", "a name")):
            node = resource[field]
            if not isinstance(node.value, str) or has_placeholder(node.string):
                continue
            reason = (formats.dns_subdomain if field == "apiGroup" else _segment)(node.string)
            if reason:
                message = f"`{node.string}` cannot be {what}: {reason}, {rejected}"
                yield Problem(node, message, help=f"write {what} alone")


def _segment(text: str) -> str:
    """Why a text is no part of a URL (k8s.io/apimachinery: IsPathSegmentName)."""
    if not text or text in (".", ".."):
        return "it stands for nothing"
    return "it contains `/` or `%`" if "/" in text or "%" in text else ""
