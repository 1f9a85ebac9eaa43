from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(ERROR, "PodDisruptionBudget")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A PodDisruptionBudget says both how many pods stay and how many may go, or over 100%.

    The API server rejects it: of `minAvailable` and `maxUnavailable` a budget has one, and no more
    than all pods can stay or go.

    Keep one of the two. (Source: pkg/apis/policy/validation: ValidatePodDisruptionBudgetSpec.)

    ```yaml bad
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 2
      maxUnavailable: 150%  # error: `maxUnavailable` excludes `minAvailable`
      selector: {}
    ```

    ```yaml good
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 50%
      selector: {}
    ```
    """
    spec, rejected = manifest.spec, f"so the API server rejects {manifest.title}"
    written = [f for f in ("minAvailable", "maxUnavailable") if spec.mapping.get(f) is not None]
    if len(written) > 1:
        stay, go = (spec[field] for field in written)
        yield Problem(
            go.key,
            f"`maxUnavailable` excludes `minAvailable`, {rejected}",
            related=((stay.key, "a budget has only one of them"),),
            help="remove one of the two",
        )
        return
    for node in (spec[field] for field in written):
        number = node.string.removesuffix("%")
        if number != node.string and number.isdecimal() and int(number) > 100:
            message = f"`{node.string}` is more than all pods, {rejected}"
            yield Problem(node, message, help="write at most `100%`")
