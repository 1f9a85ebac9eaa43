from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, formats, has_placeholder, rule


@rule(ERROR, "Service", fields=("clusterIP",))
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
    text = value.string
    if text in ("", "None") or has_placeholder(text) or not formats.ip_address(text, 25):
        return  # what only newer versions reject is said by invalid-ip-address
    yield Problem(
        value,
        f"`{text}` is neither `None` nor an IP address, so the API server rejects {manifest.title}",
        help="write `clusterIP: None`, with a capital N, for a headless Service"
        if text.strip().lower() in ("none", "null", "nil", "headless")
        else "write `clusterIP: None` for a headless Service, or leave the line out",
    )
