from collections.abc import Iterator

from hslint import ERROR, SAFE, UNSAFE, Fix, Manifest, Problem, formats, has_placeholder, rule


@rule(ERROR, "Service", fields=("clusterIP",), fixes=(SAFE, UNSAFE))
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
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: cache
    spec:
      clusterIP: headless  # error: `headless` is neither `None` nor an IP address
      selector:
        app: cache
      ports:
        - name: cache
          port: 6379
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
    word = text.strip().lower()
    meant = word in ("none", "null", "nil", "headless")
    yield Problem(
        value,
        f"`{text}` is neither `None` nor an IP address, so the API server rejects {manifest.title}",
        help="write `clusterIP: None`, with a capital N, for a headless Service"
        if meant
        else "write `clusterIP: None` for a headless Service, or leave the line out",
        fix=Fix.write(value, "None", safe=word == "none") if meant else None,
    )
