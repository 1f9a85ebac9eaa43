from collections.abc import Iterator

from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, rule

#: The last words of keys whose values are texts by nature, whatever they look like.
_TEXTS = ("tag", "version", "revision", "release", "commit", "sha", "hash", "digest")
_INT64 = 1 << 63


@rule(WARNING, fixes=(UNSAFE,))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A version, tag or identifier without quotes is a number, and loses some of its digits.

    `1.10` is the number 1.1 to YAML, `1.0` is 1, and `12e3` is 12000; a whole number of 20 digits
    is rounded. Where the field is typed as text the API server rejects it; in the free fields of a
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
    # Kubernetes' own kinds have no free fields.
    if "." in manifest.type and _holds_suspect(manifest.root.value):
        said = {fault.path for fault in manifest.faults}
        for node in manifest.root.find(_is_suspect):
            huge = abs(node.value) >= _INT64
            if node.path[len(manifest.root.path) :] not in said:
                text = node.source or ""
                number = _plain(node.value)
                if node.plain and text != number and (huge or not text.isdigit()):
                    yield Problem(
                        node,
                        f"`{text}` is the number {number}, so without quotes its text is lost",
                        help=f'write `"{text}"`',
                        fix=Fix.write(node, text),
                    )


def _holds_suspect(value: dict[str, object] | list[object]) -> bool:
    """Whether there is a number worth a node: most objects have none."""
    waiting = [value]
    for many in waiting:
        for key, inner in many.items() if isinstance(many, dict) else enumerate(many):
            if type(inner) is str:  # as most are
                continue
            if isinstance(inner, (dict, list)):
                waiting.append(inner)
            elif _is_suspect(key, inner):
                return True
    return False


def _is_suspect(key: str | int, value: object) -> bool:
    """Whether a value is a huge number, or one that stands where texts do."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return abs(value) >= _INT64 or (isinstance(key, str) and key.lower().endswith(_TEXTS))


def _plain(number: float) -> str:
    """The number as kubectl sends it: 12e3 is 12000, 1.10 is 1.1."""
    whole = isinstance(number, int) or (number.is_integer() and abs(number) < 1e21)
    return f"{number:.0f}" if whole else repr(number)
