from collections.abc import Iterator

from hslint import (
    ERROR,
    WORKLOADS,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    pods_of,
    rule,
)

_PATHS = ("credentialBundlePath", "keyPath", "certificateChainPath")
#: What is wrong with a source: where, why, and what to write.
Wrong = Iterator[tuple[Node, str, str]]


@rule(ERROR, WORKLOADS, fields=("clusterTrustBundle", "podCertificate"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A certificate in a volume has no signer, or is written nowhere.

    The API server rejects it: a `podCertificate` names its signer, such as `example.com/signer`,
    and a path at least; a `clusterTrustBundle` has either a `name` or a `signerName`, and only the
    latter a `labelSelector`. Before 1.37 the server drops both, without a look at them.

    Correct it.
    (Source: pkg/apis/core/validation: validateProjectionSources, ValidateSignerName.)

    ```yaml bad 1.37
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
      volumes:
        - name: tls
          projected:
            sources:
              - podCertificate:  # error: the certificate is written nowhere
                  keyType: ED25519
                  signerName: signer  # error: `signer` is no signer
    ```

    ```yaml good 1.37
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
      volumes:
        - name: tls
          projected:
            sources:
              - podCertificate:
                  keyType: ED25519
                  signerName: example.com/signer
                  credentialBundlePath: tls.pem
    ```
    """
    if manifest.minor < 37:
        return
    for pods in pods_of(manifest):
        for volume in pods.volumes:
            for source in volume["projected"]["sources"]:
                trust, certificate = source["clusterTrustBundle"], source["podCertificate"]
                for node, what, help_ in (*_trust(trust), *_signed(certificate)):
                    if not has_placeholder(node.string):
                        yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _trust(bundle: Node) -> Wrong:
    name, signer = bundle["name"], bundle["signerName"]
    if bundle and bool(name) == bool(signer):
        yield bundle, "it takes either `name` or `signerName`", "write one of them"
    elif name and bundle["labelSelector"]:
        yield bundle["labelSelector"], "`name` takes no `labelSelector`", "leave it out"
    elif name and formats.dns_subdomain(name.string.replace(":", ".")):
        yield name, f"`{name.string}` cannot be the name of a ClusterTrustBundle", "write its name"
    if signer and not name:
        yield from _signer(signer)


def _signed(certificate: Node) -> Wrong:
    if not isinstance(certificate.value, dict):
        return
    yield from _signer(certificate["signerName"])
    if not any(certificate[field].string for field in _PATHS):
        what = "the certificate is written nowhere"
        yield certificate, what, "write `credentialBundlePath`"
    for key, value in certificate["userAnnotations"].items():
        if "/" not in key or formats.label_key(key):
            yield value.key, f"`{key}` has no domain before it", "write `example.com/NAME`"
    seconds = certificate["maxExpirationSeconds"]
    domain = certificate["signerName"].string.partition("/")[0]
    if domain.endswith("kubernetes.io") and (seconds.integer or 0) > 86400:
        yield seconds, "a signer of Kubernetes signs for a day at most", "write 86400"


def _signer(name: Node) -> Wrong:
    domain, slash, rest = name.string.partition("/")
    if isinstance(name.value, str) and (
        not slash
        or "." not in domain
        or formats.dns_subdomain(domain)
        or formats.dns_subdomain(rest)
    ):
        yield name, f"`{name.string}` is no signer", "write one like `example.com/signer`"
