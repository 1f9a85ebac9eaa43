from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule

#: Kinds of these groups are questions to the API server; they have no names.
_QUESTIONS = ("authentication.k8s.io", "authorization.k8s.io")


@rule(ERROR)
def check(manifest: Manifest) -> Iterator[Problem]:
    """An object has no name.

    The API server rejects it (`name or generateName is required`).

    Write `metadata.name`.

    ```yaml bad
    apiVersion: v1
    kind: ServiceAccount
    metadata:  # error: ServiceAccount has no `metadata.name`
      namespace: db
    ```

    ```yaml good
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: db
      namespace: db
    ```
    """
    written = manifest.metadata
    if not written.get("name") and written.get("generateName") is None:
        schemas = manifest.schemas
        if manifest.group in _QUESTIONS or not schemas:
            return
        if schemas.versions(manifest.api_version, manifest.kind) is None:
            return  # no object of Kubernetes itself: it may well be the settings of a tool
        strays = [fault for fault in manifest.faults if fault.belongs == ("metadata",)]
        if not any(fault.field in ("name", "generateName") for fault in strays):
            yield Problem(
                manifest["metadata"]["name"],
                f"this {manifest.kind} has no `metadata.name`, so the API server rejects it",
                help="write `metadata.name`",
            )
