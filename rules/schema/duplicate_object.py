from collections.abc import Iterator

from hslint import INFO, WARNING, Manifest, Problem, World, rule


@rule(WARNING)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """One file holds the same object twice.

    kubectl applies both, one after the other, and the last one wins: what only the first one says
    is gone. Most often the second is a copy whose name was not changed. The same object in several
    files is not reported, for these are usually alternatives.

    Rename one of the two, merge them, or delete one.

    ```yaml bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      level: info
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings  # warning: ConfigMap `settings` is in this file already
    data:
      size: "3"
    ```

    ```yaml good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      level: info
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      namespace: other
    data:
      size: "3"
    ```
    """
    first = world.written_before(manifest) if manifest.name else None
    if first is not None:
        same = first.root.value == manifest.root.value
        yield Problem(
            manifest["metadata"]["name"],
            f"{manifest.title} is in this file already"
            + (", word for word" if same else ", so this one overwrites it"),
            related=((first["metadata"]["name"], "the first one"),),
            help="rename it, or delete one of the two",
            severity=INFO if same else None,
        )
