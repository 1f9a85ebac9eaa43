from collections.abc import Callable, Iterator

from hslint import ERROR, WARNING, Manifest, Problem, formats, has_placeholder, rule

#: Kinds whose names may be any path segment (pkg/apis/rbac/validation and others use
#: path.ValidatePathSegmentName, or no check of their own beside it), or follow rules of their own.
_FREE = frozenset(
    {
        "Role",
        "ClusterRole",
        "RoleBinding",
        "ClusterRoleBinding",
        "PodDisruptionBudget",
        "CSIDriver",
        "CertificateSigningRequest",
        "ClusterTrustBundle",
    }
)
_CRON_JOB = 52


@rule(ERROR)
def check(manifest: Manifest) -> Iterator[Problem]:
    """The name of an object breaks the format that its kind demands.

    The API server rejects it (`metadata.name: Invalid value`). Most names are DNS subdomains:
    lower-case letters, digits, `-` and `.`. The names of Services and Namespaces become parts of
    DNS names and take no dots; that of a Service begins with a letter up to 1.35; that of a CronJob
    has at most 52 characters, since its Jobs add to it.

    Rename the object, and whatever refers to it.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: db_settings  # error: `db_settings` cannot be the name of a ConfigMap
    ```

    ```yaml bad 1.35
    apiVersion: v1
    kind: Service
    metadata:
      name: 2fa  # error: `2fa` cannot be the name of a Service
    spec:
      clusterIP: None
      selector:
        app: db
    ```

    ```yaml good 1.36
    apiVersion: v1
    kind: Service
    metadata:
      name: 2fa
    spec:
      clusterIP: None
      selector:
        app: 2fa
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: 2fa
      labels:
        app: 2fa
    spec:
      containers:
        - name: web
          image: example/web:1
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: system:Web_Reader
    rules: []
    ```
    """
    name = manifest.name
    kind = manifest.type
    text = manifest.metadata.get("generateName")
    if isinstance(text, str) and text and "." not in kind and not has_placeholder(text):
        label = kind == "StatefulSet" and manifest.minor >= 27
        form = formats.dns_label if label else _format(kind, manifest.minor)
        reason = form(f"{text[:-1]}a" if text[1:].endswith("-") else text)
        if reason:
            yield Problem(
                manifest["metadata"]["generateName"],
                f"`{text}` cannot begin the name of a {kind}: {reason}, so the API server"
                " rejects it",
                help="write lower-case letters, digits and `-`",
            )
    if not name:
        return
    reason = _format(kind, manifest.minor)(name)
    if reason:
        reason = _path_segment(name) or reason
    if kind == "CronJob" and not reason and len(name) > _CRON_JOB:
        reason = f"it has {len(name)} characters, and at most {_CRON_JOB} are allowed"
    if reason:
        yield Problem(
            manifest["metadata"]["name"],
            f"`{name}` cannot be the name of a {manifest.kind}: {reason}, so the API server"
            " rejects it",
            help=_correct(name),
            severity=WARNING if "." in manifest.type else None,
        )


def _format(kind: str, minor: int) -> Callable[[str], str]:
    """The format of a kind's names (registry and validation packages, 1.25 to 1.37).

    statefulset-name-with-dots and statefulset-name-too-long say what is special there.
    """
    if kind == "Service":
        return formats.dns_label if minor >= 36 else formats.dns_1035_label
    if kind == "Namespace":
        return formats.dns_label
    if kind in _FREE or kind.endswith("openshift.io"):
        return _path_segment
    return formats.dns_subdomain


def _correct(name: str) -> str:
    better = name.lower().replace("_", "-").replace(" ", "-")
    if better == name:
        return "begin it with a letter"
    return "" if formats.dns_label(better) else f"write `{better}`"


def _path_segment(name: str) -> str:
    """Why *name* cannot be a part of a URL (k8s.io/apimachinery: ValidatePathSegmentName)."""
    if name in (".", ".."):
        return "it stands for a folder"
    return "it contains `/` or `%`" if "/" in name or "%" in name else ""
