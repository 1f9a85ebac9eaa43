from collections.abc import Iterator

from hslint import (
    ERROR,
    Manifest,
    Node,
    Problem,
    formats,
    has_placeholder,
    is_time,
    rule,
    with_metadata,
)

_TIMES = ("creationTimestamp", "deletionTimestamp")
_FIELDS = ("namespace", "finalizers", "managedFields", *_TIMES)
#: Finalizers without a domain that the API server knows (pkg/apis/core/helper).
_STANDARD = ("kubernetes", "orphan", "foregroundDeletion")


@rule(ERROR, fields=_FIELDS)
def check(manifest: Manifest) -> Iterator[Problem]:
    """The namespace, a finalizer or a time in an object's metadata is none.

    The API server rejects the object. A namespace is a single DNS label; a finalizer has a domain
    before it; a time is written as `2026-01-31T12:00:00Z`.

    Correct it; times are written by the server and best left out.
    (Sources: k8s.io/apimachinery: ValidateObjectMeta, meta/v1: Time;
    pkg/apis/core/validation: ValidateFinalizerName.)

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      namespace: web_shop  # error: `web_shop` cannot be a namespace
      creationTimestamp: today  # error: `today` is no time
      finalizers:
        - keep  # error: `keep` cannot be a finalizer
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      namespace: web-shop
      creationTimestamp: null
      finalizers:
        - example.com/keep
    ```
    """
    for node, what, help_ in _wrong(manifest):
        if not has_placeholder(node.string):
            yield Problem(
                node,
                f"`{node.string}` {what}, so the API server rejects {manifest.title}",
                help=help_,
            )


def _wrong(manifest: Manifest) -> Iterator[tuple[Node, str, str]]:
    """The nodes that are wrong, what they are not, and what to write."""
    written = manifest.metadata
    namespace = written.get("namespace")
    if isinstance(namespace, str) and namespace and (reason := formats.dns_label(namespace)):
        at = manifest["metadata"]["namespace"]
        yield at, f"cannot be a namespace: {reason}", "write the name of a namespace"
    if "finalizers" in written:
        yield from _finalizers(manifest)
    if "managedFields" in written:
        for entry in manifest["metadata"]["managedFields"]:
            if entry["operation"].string not in ("Apply", "Update"):
                yield entry, "cannot be in `managedFields` without an operation", "leave it all out"
    yield from _times(manifest)


def _finalizers(manifest: Manifest) -> Iterator[tuple[Node, str, str]]:
    for finalizer in manifest["metadata"]["finalizers"]:
        name = finalizer.string
        reason = formats.label_key(name)
        if not reason and "/" not in name and name not in _STANDARD and _is_strict(manifest):
            reason = "it has no domain before it"
        if reason:
            yield finalizer, f"cannot be a finalizer: {reason}", "write `DOMAIN/NAME`"


def _times(manifest: Manifest) -> Iterator[tuple[Node, str, str]]:
    """The times of the object and its templates that are none."""
    for owner in with_metadata(manifest):
        metadata = owner.mapping.get("metadata")
        if not isinstance(metadata, dict):
            continue
        for field in _TIMES:
            time = metadata.get(field)
            if isinstance(time, str) and not is_time(time):
                at = owner["metadata"][field]
                yield at, "is no time", "leave it out: the server writes it"


def _is_strict(manifest: Manifest) -> bool:
    """Whether finalizers need a domain: not those of custom objects, and of a few others."""
    return "." not in manifest.type and manifest.type != "PodDisruptionBudget"
