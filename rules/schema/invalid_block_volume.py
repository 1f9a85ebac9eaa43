from collections.abc import Callable, Iterator

from hslint import ERROR, WORKLOADS, Manifest, Node, Problem, has_placeholder, pods_of, rule

#: What is wrong with a source of a volume: where, why, and what to write.
Wrong = Iterator[tuple[Node, str, str]]


@rule(ERROR, WORKLOADS, fields=("azureDisk", "fc", "iscsi"))
def check(manifest: Manifest) -> Iterator[Problem]:
    """A disk of the network is named in a way that no such disk can be called.

    The API server rejects it: an `iscsi` target is called `iqn...`, `eui...` or `naa...`, and needs
    a Secret to log in with; an `fc` volume has either targets with a `lun`, or ids; the `diskURI`
    of a managed `azureDisk` begins with `/subscriptions/`, that of others with `https://`.

    Correct it.
    (Source: pkg/apis/core/validation: validateISCSIVolumeSource, validateFCVolumeSource,
    validateAzureDisk.)

    ```yaml bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
      volumes:
        - name: disk
          iscsi: {targetPortal: "192.0.2.1:3260", iqn: disk1}  # error: `disk1` is no name of an
        - name: old
          fc: {lun: 2}  # error: an `fc` volume has either `targetWWNs` or `wwids`
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
      volumes:
        - name: disk
          iscsi: {targetPortal: "192.0.2.1:3260", iqn: "iqn.2001-04.com.example:disk1"}
        - name: old
          fc: {targetWWNs: [500a0982991b8dc5], lun: 2}
    ```
    """
    for pods in pods_of(manifest):
        for volume in pods.volumes:
            for sort in volume.mapping.keys() & _SORTS.keys():
                if isinstance(volume.mapping[sort], dict):
                    for node, what, help_ in _SORTS[sort](volume[sort]):
                        if not has_placeholder(node.string):
                            yield Problem(node, f"{what}, {pods.rejection}", help=help_)


def _iscsi(source: Node) -> Wrong:
    for field in ("iqn", "initiatorName"):
        if isinstance(source[field].value, str) and not _is_iscsi_name(source[field].string):
            what = f"`{source[field].string}` is no name of an iSCSI node"
            if field != "iqn" or source[field].string:
                yield source[field], what, "write `iqn.YEAR-MONTH.DOMAIN:NAME`"
    for field in ("chapAuthDiscovery", "chapAuthSession"):
        if source[field].value is True and not source["secretRef"]:
            yield source, f"`{field}` needs a `secretRef`", "write `secretRef`"


def _is_iscsi_name(text: str) -> bool:
    import re  # few volumes are

    form = r"iqn.*\d{4}-\d{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)$|eui.[a-zA-Z0-9]{16}$"
    return re.match(form + r"|naa.[a-zA-Z0-9]{32}$", text) is not None


def _fc(source: Node) -> Wrong:
    targets, ids = source["targetWWNs"], source["wwids"]
    if bool(targets.value) == bool(ids.value):
        what = "an `fc` volume has either `targetWWNs` or `wwids`"
        yield source, what, "write one of them"
    if targets.value and not source["lun"]:
        yield source, "`targetWWNs` need a `lun`", "write `lun`"


def _azure(source: Node) -> Wrong:
    uri, kind = source["diskURI"], source["kind"].string or "Shared"
    begin = "/subscriptions/" if kind == "Managed" else "https://"
    if uri.string and not uri.string.startswith(begin):
        what = f"`diskURI` of the kind `{kind}` begins with `{begin}`"
        yield uri, what, f"write `{begin}...`"


_SORTS: dict[str, Callable[[Node], Wrong]] = {"azureDisk": _azure, "fc": _fc, "iscsi": _iscsi}
