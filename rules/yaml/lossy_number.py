from collections.abc import Iterator

from hslint import WARNING, Manifest, Node, Problem, rule

#: The last words of keys whose values are texts by nature, whatever they look like.
_TEXTS = ("tag", "version", "revision", "release", "commit", "sha", "hash", "digest")
_INT64 = 1 << 63


@rule(WARNING)
def check(manifest: Manifest) -> Iterator[Problem]:
    """A version, tag or identifier without quotes is a number, and loses some of its digits.

    `1.10` is the number 1.1 to YAML, `1.0` is 1, and `12e3` is 12000; a whole number of 20 digits
    is rounded. Where the field is typed as text the API server refuses it; in the free fields of a
    custom resource (the values of a chart, the settings of an operator) it silently becomes another
    version.

    Put it in quotes.

    ```yaml bad
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata:
      name: db
    spec:
      interval: 5m
      values:
        image:
          tag: 1.10  # warning: `1.10` is the number 1.1
    ```

    ```yaml good
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata:
      name: db
    spec:
      interval: 5m
      values:
        image:
          tag: "1.10"
        ratio: 0.50
    ```
    """
    if "." in manifest.type:  # Kubernetes' own kinds have no free fields
        said = {fault.path for fault in manifest.faults}
        for problem in _walk(manifest.root):
            if problem.at.path[len(manifest.root.path) :] not in said:
                yield problem


def _walk(node: Node) -> Iterator[Problem]:
    for key, below in node.items():
        value = below.value
        if isinstance(value, (dict, list)):
            yield from _walk(below)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            huge = abs(value) >= _INT64
            if (huge or key.lower().endswith(_TEXTS)) and below.plain:
                text = below.source or ""
                number = f"{value:.17g}" if isinstance(value, float) else str(value)
                if text != number and not (text.isdigit() and not huge):
                    yield Problem(
                        below,
                        f"`{text}` is the number {number}: without quotes its text is lost",
                        help=f'write `"{text}"`',
                    )
    for item in node:
        yield from _walk(item)
