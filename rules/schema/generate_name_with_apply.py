from collections.abc import Iterator

from hslint import INFO, Manifest, Problem, rule


@rule(INFO)
def check(manifest: Manifest) -> Iterator[Problem]:
    """An object has a `generateName` and no `name`.

    `kubectl create` makes a new object with each call; `kubectl apply` refuses it (`cannot use
    generate name with apply`), as do tools that apply, such as Argo CD and Flux.

    Write a `name`, or use `kubectl create`.

    ```yaml bad
    apiVersion: batch/v1
    kind: Job
    metadata:
      generateName: migrate-  # info: `kubectl apply` refuses
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
            f"`kubectl apply` refuses this {manifest.kind}: it has a `generateName` and no `name`",
            help="write a `name`, or use `kubectl create`",
        )
