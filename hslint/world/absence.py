"""How sure it is that an object is missing, and not merely made by something else."""

from __future__ import annotations

from hslint.contract import ERROR, INFO, WARNING
from hslint.controllers import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from hslint.contract import Severity
    from hslint.manifest import Manifest
    from hslint.workload import Pods

#: API groups whose custom resources make neither pods nor Services.
_MAKE_NOTHING = frozenset(
    {
        "autoscaling.k8s.io",
        "bitnami.com",
        "cert-manager.io",
        "crd.projectcalico.org",
        "external-secrets.io",
        "cilium.io",
        "kyverno.io",
        "networking.gke.io",
        "networking.istio.io",
        "policies.kyverno.io",
        "projectcalico.org",
        "security.istio.io",
        "secrets-store.csi.x-k8s.io",
        "snapshot.storage.k8s.io",
        "telemetry.istio.io",
        "traefik.containo.us",
        "traefik.io",
    }
)
#: The same for single kinds of groups that otherwise do.
_MAKES_NOTHING = frozenset(
    {
        "AlertmanagerConfig.monitoring.coreos.com",
        "AppProject.argoproj.io",
        "BackendConfig.cloud.google.com",
        "PodMonitor.monitoring.coreos.com",
        "Probe.monitoring.coreos.com",
        "PrometheusRule.monitoring.coreos.com",
        "ScaledObject.keda.sh",
        "ScrapeConfig.monitoring.coreos.com",
        "ServiceMonitor.monitoring.coreos.com",
        "TriggerAuthentication.keda.sh",
    }
)


class Absence:
    """Judges "there is no such object here"."""

    def __init__(
        self,
        by_type: Mapping[str, list[Manifest]],
        pods: Sequence[Pods],
        *,
        closed: bool,
        gaps: Iterable[str],
        generated: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._by_type = by_type
        self._closed = closed
        self._pods = pods
        self._generated = frozenset(generated)
        self._arguments: set[str] | None = None
        self._custom: set[str] | None = None
        self._gaps = {_parent(_folder(file)) for file in gaps}
        #: The namespaces of the custom resources below each folder that could have made it.
        self._makers: dict[str, set[str | None]] = {}
        for kind, manifests in by_type.items():
            group = kind.partition(".")[2]
            if group and kind not in KINDS | _MAKES_NOTHING and group not in _MAKE_NOTHING:
                for manifest in manifests:
                    folder = _parent(_folder(manifest.file))
                    self._makers.setdefault(folder, set()).add(manifest.namespace)

    def severity(self, of: Manifest, kind: str) -> Severity:
        """How bad it is that *of* needs an object of *kind* ("pods" for any) that is not here."""
        if self._closed:
            return ERROR
        if not (self._pods if kind == "pods" else self._by_type.get(kind)):
            return INFO
        return INFO if self._made_elsewhere(of) else WARNING

    def is_made(self, kind: str, name: str) -> bool:
        """Whether something here makes the object *name* that is not written out.

        What may fill it in, or a program that has its name among its arguments.
        """
        if self.is_filled(kind, name):
            return True
        if self._arguments is None:
            containers = [c for pods in self._pods for c, _, _ in pods.plain_containers]
            self._arguments = _words([[c.get("command"), c.get("args")] for c in containers])
        return name in self._arguments

    def is_filled(self, kind: str, name: str) -> bool:
        """Whether something here writes into the object *name* what is not written out.

        A kustomization generates it; or a custom resource (a certificate, a sealed secret) has its
        name somewhere.
        """
        if (kind, name) in self._generated:
            return True
        if self._custom is None:
            custom = [of for t, of in self._by_type.items() if "." in t and t not in KINDS]
            self._custom = _words([manifest.root.value for of in custom for manifest in of])
        return name in self._custom

    def _made_elsewhere(self, of: Manifest) -> bool:
        """Whether an operator or an unreadable file beside *of* could have made it.

        Beside: in the same folder, the one above, one below or a sibling.
        """
        folder = _folder(of.file)
        for place in (folder, _parent(folder)):
            if place in self._gaps:
                return True
            namespaces = self._makers.get(place)
            if namespaces and (of.namespace is None or namespaces & {None, of.namespace}):
                return True
        return False


def _strings(values: list[Any]) -> Iterator[str]:
    """All strings among and below *values*."""
    waiting: list[Any] = [values]
    for many in waiting:
        inner = many.values() if many.__class__ is dict else many
        yield from [value for value in inner if value.__class__ is str]
        waiting += [v for v in inner if v.__class__ is dict or v.__class__ is list]


def _words(values: list[Any]) -> set[str]:
    """The parts of strings that could be names of objects."""
    text = "\n".join(_strings(values))
    between = {ord(c): " " for c in set(text) if not c.isalnum() and c not in "-."}
    return {word.strip("-.") for word in set(text.translate(between).split())}


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _parent(folder: str) -> str:
    return folder.rpartition("/")[0]
