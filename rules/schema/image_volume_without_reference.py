from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Problem, pods_of, rule


@rule(ERROR, WORKLOADS, fields=("volumes",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A volume of the sort `image` does not say which image it holds.

    The API server rejects the Pod. In the template of another object it looks at the field since
    1.37 only: up to 1.36 it accepts the object, and none of its pods is created.

    Write `reference`, the name of an image.
    (Source: pkg/apis/core/validation: validateImageVolumeSource.)

    ```yaml bad 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
      volumes:
        - name: data
          image:  # error: volume `data` has no `reference`
            pullPolicy: Always
    ```

    ```yaml good 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
      volumes:
        - name: data
          image:
            reference: example.com/data:1
    ```
    """
    if manifest.minor < 35:
        return  # dropped-field says that the volume is dropped
    late = manifest.minor < 37 and manifest.type != "Pod"
    for pods in pods_of(manifest):
        for plain, number in pods.plain_volumes:
            image = plain.get("image")
            if isinstance(image, dict) and not image.get("reference"):
                result = f"so no pod of {manifest.title} can be created" if late else pods.rejection
                volume = pods.spec["volumes"][number]
                yield Problem(
                    volume["image"],
                    f"volume `{volume['name'].string}` has no `reference` of an image, {result}",
                    help="write `reference`",
                )
