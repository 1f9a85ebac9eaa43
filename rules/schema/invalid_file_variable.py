from collections.abc import Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Pods, Problem, has_placeholder, pods_of, rule


@rule(ERROR, WORKLOADS, fields=("fileKeyRef",))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A variable is taken from a file that cannot be read so.

    The API server rejects it: `fileKeyRef` takes a file of an `emptyDir` volume, by a path within
    it, and a key that can be the name of a variable. In 1.34 the server drops the field.

    Correct it.
    (Source: pkg/apis/core/validation: validateFileKeySelector, validateFileKeyRefVolumes.)

    ```yaml bad 1.35
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
          env:
            - name: TOKEN
              valueFrom:
                fileKeyRef:
                  volumeName: conf  # error: `conf` is no `emptyDir`
                  path: env
                  key: TOKEN
      volumes:
        - name: conf
          configMap: {name: web}
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
          env:
            - name: TOKEN
              valueFrom:
                fileKeyRef:
                  volumeName: made
                  path: env
                  key: TOKEN
      volumes:
        - name: made
          emptyDir: {}
    ```
    """
    if manifest.minor < 35:
        return
    for pods in pods_of(manifest):
        for plain, field, number in pods.plain_containers:
            for variable in pods.spec[field][number]["env"] if "env" in plain else ():
                for node, what, help_ in _wrong(variable["valueFrom"]["fileKeyRef"], pods):
                    if not has_placeholder(node.string):
                        yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _wrong(file: Node, pods: Pods) -> Iterator[tuple[Node, str, str]]:
    name, path, key = file["volumeName"], file["path"], file["key"]
    for volume in pods.volumes if name.string else ():
        if volume["name"].string == name.string and not volume["emptyDir"]:
            yield name, f"`{name.string}` is no `emptyDir`", "write a volume that is one"
    if ".." in path.string.split("/"):
        yield path, f"`path` is `{path.string}`, and `..` is not allowed", "write a path within"
    if not key.string.isascii() or not key.string.isprintable() or "=" in key.string:
        what = f"`{key.string}` cannot be the name of a variable"
        yield key, what, "write printable ASCII characters, without `=`"
