from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, rule


@rule(INFO, fields=("generateName",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """An object has a `generateName` and no `name`.

    `kubectl create` makes a new object with each call; `kubectl apply` rejects it (`cannot use
    generate name with apply`), as do tools that apply, such as Argo CD and Flux.

    Write a `name`, or use `kubectl create`.

    ```yaml bad
    apiVersion: batch/v1
    kind: Job
    metadata:
      generateName: migrate-  # info: so `kubectl apply` rejects it
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example/migrate:1
    ```

    ```yaml good
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example/migrate:1
    ```
    """
    metadata = manifest["metadata"]
    if metadata["generateName"].string and not metadata["name"]:
        yield Problem(
            metadata["generateName"],
            f"this {manifest.kind} has a `generateName` and no `name`, so `kubectl apply` rejects"
            " it",
            help="write a `name`, or use `kubectl create`",
        )
