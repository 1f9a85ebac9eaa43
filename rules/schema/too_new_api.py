from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, Schemas, rule


@rule(ERROR)
def check(manifest: Manifest, unserved: Schemas) -> Iterator[Problem]:
    """The `apiVersion` of this kind is newer than the Kubernetes version that is checked against.

    The API server does not know it yet, and kubectl stops with `no matches for kind`.

    Write an older `apiVersion`, or give the version of the cluster if it is a newer one.

    ```yaml bad 1.29
    apiVersion: admissionregistration.k8s.io/v1  # error: came with Kubernetes 1.30
    kind: ValidatingAdmissionPolicyBinding
    metadata:
      name: replicas
    spec:
      policyName: replicas
      validationActions: [Deny]
    ```

    ```yaml good 1.30
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingAdmissionPolicyBinding
    metadata:
      name: replicas
    spec:
      policyName: replicas
      validationActions: [Deny]
    ```
    """
    if "." in manifest.type:
        return  # no other group has ever been served by Kubernetes itself
    version = manifest.api_version
    lived = unserved.versions(version, manifest.kind)
    if lived is not None and lived[0] > manifest.minor:
        yield Problem(
            manifest["apiVersion"],
            f"`{version}` {manifest.kind} came with Kubernetes 1.{lived[0]}, so kubectl stops with"
            f" `no matches for kind` on 1.{manifest.minor}",
            help="write an older `apiVersion`, or check against the version of the cluster",
        )
