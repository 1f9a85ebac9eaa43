from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(ERROR, "Service")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service's `clusterIP` is neither `None` nor an IP address.

    The API server rejects it. `None` is a word of its own, with a capital N: `none`, `NONE` and
    `"null"` are read as IP addresses, and are none.

    Write `clusterIP: None` for a headless Service; leave the line out to get a virtual IP.
    (Source: pkg/apis/core/validation: ValidateServiceClusterIPsRelatedFields.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: none  # error: `none` is neither `None` nor an IP address
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
    ```
    """
    value = manifest.spec["clusterIP"]
    if value.string in ("", "None") or _is_ip(value.string):
        return
    yield Problem(
        value,
        f"`{value.string}` is neither `None` nor an IP address, so the API server rejects"
        f" {manifest.title}",
        help="write `clusterIP: None`, with a capital N, for a headless Service"
        if value.string.strip().lower() in ("none", "null", "nil", "headless")
        else "write `clusterIP: None` for a headless Service, or leave the line out",
    )


def _is_ip(text: str) -> bool:
    """Whether any Kubernetes reads an IP address in *text*; up to 1.35 zeros may lead."""
    from ipaddress import ip_address  # slow to import, and few Services name their IP

    try:
        ip_address(".".join(p.lstrip("0") or "0" for p in text.split(".")) if "." in text else text)
    except ValueError:
        return False
    return "%" not in text
