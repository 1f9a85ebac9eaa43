from collections.abc import Iterator

from hslint import WARNING, WORKLOADS, Manifest, Node, Problem, pods_of, rule


@rule(WARNING, WORKLOADS, fields=("env",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A container sets a variable twice.

    The last one counts. The API server warns of it (`hides previous definition`): `kubectl apply`
    tells variables apart by name, and may drop one of them with the next change.

    Remove one. A variable that takes up its own older value (`$(PATH):/more`) is better given
    another name. (Source: pkg/api/pod: warningsForPodSpecAndMeta.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          env:
            - name: MODE
              value: fast
            - name: MODE  # warning: container `web` sets `MODE` twice
              value: safe
    ```

    ```yaml good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          env:
            - name: MODE
              value: safe
    ```
    """
    for pods in pods_of(manifest):
        for plain, field, number in pods.plain_containers:
            listed = plain.get("env")
            if not isinstance(listed, list):
                continue
            names = [str(e.get("name")) for e in listed if isinstance(e, dict)]
            if len(set(names)) == len(names):
                continue
            seen: dict[str, Node] = {}
            for variable in pods.spec[field][number]["env"]:
                name = variable["name"]
                first = seen.setdefault(name.string, name)
                again = f"$({name.string})" in variable["value"].string
                if name.string and first is not name and not again:
                    yield Problem(
                        name,
                        f"container `{plain.get('name')}` sets `{name.string}` twice, and the last"
                        " one counts",
                        related=((first, "the first one"),),
                        help="remove one of them",
                    )
