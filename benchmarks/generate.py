"""Write manifests to measure with: as many as wanted, varied, clean, and the same every time.

    python benchmarks/generate.py many 20000 FOLDER     # a file for each object
    python benchmarks/generate.py big 60000 FOLDER      # all objects in one file
    python benchmarks/generate.py skewed 20000 FOLDER   # all Services select the same three labels

Objects come by applications: what refers to each other is written together, and hslint has nothing
to say about it, but for the mixed pods that *skewed* is about (info).
"""

from __future__ import annotations

import argparse
import random
import re
from itertools import count, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Object = dict[str, Any]

_FIRST = "amber brisk coral dusty early faint giant hazel ivory jolly keen lunar mellow noble olive"
_SECOND = "anvil beacon cart depot engine ferry gate harbour index kiosk ledger mailer notes orders"
_TEAMS = "billing catalog checkout data fraud identity logistics media payments search shop stock"
_STAGES = "dev qa staging prod"
_REGISTRIES = "docker.io/library ghcr.io/acme quay.io/acme registry.example.com/platform"
_NOTES = (
    "Owned by the team on call; ask before you change it.",
    "See the runbook for what to do when this fails.",
    "Raised after the load test.",
    "TODO: take the value from the chart.",
    "The default of the vendor",
    "Keep in step with the dashboard.",
)
_LETTERS = "bcdfghjklmnpqrstvwxz"
#: What needs no quotes wherever it stands.
_PLAIN = re.compile(r"[A-Za-z./_][\w./@-]*(?:[:=][\w./@-]+)*|[0-9]+(?:s|m|Mi|Gi)")
_WORDS = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}


class Application:
    """A program with what it needs to run: the objects to write, and how its writer writes YAML."""

    def __init__(self, dice: random.Random, number: int, before: Application | None) -> None:
        self.dice = dice
        self.name = f"{dice.choice(_FIRST.split())}-{dice.choice(_SECOND.split())}-{number}"
        self.namespace = f"{dice.choice(_TEAMS.split())}-{dice.choice(_STAGES.split())}"
        self.port = dice.randint(1025, 32000)
        self.before = before
        key = dice.choice(("app", "app.kubernetes.io/name", "k8s-app"))
        self.selector = {key: self.name}
        if dice.random() < 0.4:
            self.selector["app.kubernetes.io/component"] = dice.choice(_SECOND.split())
        self.labels = {**self.selector, "team": self.namespace.partition("-")[0]}
        if dice.random() < 0.5:
            self.labels["app.kubernetes.io/version"] = self.version()
        self.quote = dice.choice(("", "", "", "'", '"'))
        self.flush = dice.random() < 0.5
        self.notes = dice.choice((0.0, 0.02, 0.06))

    def objects(self) -> list[Object]:
        """All of it: what runs with or without names of its own, and what stands around it."""
        return self.named() if self.dice.random() < 0.3 else self.nameless()

    def named(self) -> list[Object]:
        """A StatefulSet with its headless Service, a Service for clients, and settings."""
        claim = {
            "metadata": {"name": "data"},
            "spec": {
                "accessModes": ["ReadWriteOnce"],
                "resources": {"requests": {"storage": f"{self.dice.randint(1, 900)}Gi"}},
            },
        }
        governed = {
            "serviceName": f"{self.name}-peers",
            "podManagementPolicy": self.dice.choice(("OrderedReady", "Parallel")),
            **self.workload(stored=True),
            "volumeClaimTemplates": [claim],
        }
        peers = {"clusterIP": "None", "selector": self.selector, "ports": [self.service_port()]}
        return [
            self.settings(),
            self.object("v1", "Service", peers, f"{self.name}-peers"),
            self.object("v1", "Service", self.service()),
            self.object("apps/v1", "StatefulSet", governed),
            self.budget(),
        ]

    def nameless(self) -> list[Object]:
        """A Deployment behind a Service, most often with a way in and a scale."""
        target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": self.name}
        use = {"type": "Utilization", "averageUtilization": self.dice.randint(40, 95)}
        scaled = {
            "scaleTargetRef": target,
            "minReplicas": self.dice.randint(1, 3),
            "maxReplicas": self.dice.randint(4, 40),
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": use}}],
        }
        found = [
            self.settings(),
            self.object("apps/v1", "Deployment", self.workload(stored=False)),
            self.object("v1", "Service", self.service()),
        ]
        if self.dice.random() < 0.7:
            found.append(self.object("networking.k8s.io/v1", "Ingress", self.ingress()))
        if self.dice.random() < 0.6:
            found.append(self.object("autoscaling/v2", "HorizontalPodAutoscaler", scaled))
        if self.dice.random() < 0.5:
            found.append(self.budget())
        if self.dice.random() < 0.4:
            found.append(self.object("networking.k8s.io/v1", "NetworkPolicy", self.policy()))
        return found

    def workload(self, *, stored: bool) -> Object:
        """The spec of a Deployment or a StatefulSet; *stored*: with a claim to mount."""
        dice = self.dice
        path = dice.choice(("/healthz", "/ready", "/"))
        probe: Object = {"httpGet": {"path": path, "port": "main"}}
        mounts = [{"name": "settings", "mountPath": f"/etc/{self.name}", "readOnly": True}]
        if stored:
            mounts.append({"name": "data", "mountPath": "/var/lib/data"})
        container: Object = {
            "name": dice.choice(("main", "server", self.name)),
            "image": self.image(),
            "args": [f"--listen=0.0.0.0:{self.port}", f"--workers={dice.randint(1, 64)}"],
            "ports": [{"name": "main", "containerPort": self.port}],
            "env": self.environment(),
            "resources": {
                "requests": {
                    "cpu": f"{dice.randint(10, 990)}m",
                    "memory": f"{dice.randint(16, 900)}Mi",
                },
                "limits": {"memory": f"{dice.randint(900, 4000)}Mi"},
            },
            "readinessProbe": {**probe, "periodSeconds": dice.randint(3, 60)},
            "volumeMounts": mounts,
        }
        spec: Object = {"containers": [container]}
        if dice.random() < 0.4:
            spec["securityContext"] = {"runAsNonRoot": True, "fsGroup": dice.randint(1000, 65000)}
        if dice.random() < 0.3:
            container["livenessProbe"] = {**probe, "initialDelaySeconds": dice.randint(5, 300)}
        if dice.random() < 0.3:
            spec["terminationGracePeriodSeconds"] = dice.randint(5, 900)
        spec["volumes"] = [{"name": "settings", "configMap": {"name": f"{self.name}-settings"}}]
        return {
            "replicas": dice.randint(2, 9),
            "selector": {"matchLabels": self.selector},
            "template": {"metadata": {"labels": self.labels}, "spec": spec},
        }

    def environment(self) -> list[Object]:
        """Variables: plain ones, one of the ConfigMap's, and the address of an earlier program."""
        dice = self.dice
        found: list[Object] = [
            {"name": f"{dice.choice(_SECOND.split()).upper()}_{key}", "value": value}
            for key, value in (
                ("TIMEOUT", f"{dice.randint(1, 900)}s"),
                ("LIMIT", str(dice.randint(1, 10**6))),
                ("ENABLED", dice.choice(("true", "false"))),
            )
        ]
        of = {"name": f"{self.name}-settings", "key": "LOG_LEVEL"}
        found.append({"name": "LOG_LEVEL", "valueFrom": {"configMapKeyRef": of}})
        if self.before:
            host = f"{self.before.name}.{self.before.namespace}.svc.cluster.local"
            found.append({"name": "UPSTREAM", "value": f"http://{host}:{self.before.port}"})
        return found

    def service(self) -> Object:
        """The spec of a Service with a virtual IP."""
        ports = [self.service_port()]
        kind = self.dice.choice(({}, {}, {"type": "ClusterIP"}, {"type": "LoadBalancer"}))
        return {**kind, "selector": self.selector, "ports": ports}

    def service_port(self) -> Object:
        """One port, by name or by number."""
        target = self.dice.choice(("main", self.port))
        return {"name": "main", "port": self.port, "targetPort": target}

    def ingress(self) -> Object:
        """The spec of an Ingress that leads to the Service."""
        host = f"{self.name}.{self.namespace}.example.com"
        port = self.dice.choice(({"name": "main"}, {"number": self.port}))
        backend = {"service": {"name": self.name, "port": port}}
        path = {"path": f"/{self.word()}", "pathType": "Prefix", "backend": backend}
        tls = [{"hosts": [host], "secretName": f"{self.name}-tls"}]
        rules = [{"host": host, "http": {"paths": [path]}}]
        return {"ingressClassName": "nginx", "tls": tls, "rules": rules}

    def policy(self) -> Object:
        """The spec of a NetworkPolicy that lets the earlier program in."""
        clients = {"podSelector": {"matchLabels": (self.before or self).selector}}
        return {
            "podSelector": {"matchLabels": self.selector},
            "policyTypes": ["Ingress"],
            "ingress": [{"from": [clients], "ports": [{"protocol": "TCP", "port": self.port}]}],
        }

    def budget(self) -> Object:
        """A PodDisruptionBudget."""
        spec = {"maxUnavailable": 1, "selector": {"matchLabels": self.selector}}
        return self.object("policy/v1", "PodDisruptionBudget", spec)

    def settings(self) -> Object:
        """A ConfigMap with short values and a file."""
        lines = [
            f"{self.word()}.{self.word()} = {self.dice.randint(0, 10**6)}"
            for _ in range(self.dice.randint(8, 36))
        ]
        data = {
            "LOG_LEVEL": self.dice.choice(("debug", "info", "warn")),
            "REGION": f"{self.word()}-{self.dice.randint(1, 9)}",
            f"{self.word()}.conf": "\n".join(lines) + "\n",
        }
        head = self.object("v1", "ConfigMap", None, f"{self.name}-settings")
        return {**head, "data": data}

    def object(self, version: str, kind: str, spec: Object | None, name: str = "") -> Object:
        """An object of this application."""
        meta: Object = {"name": name or self.name, "namespace": self.namespace}
        meta["labels"] = self.labels
        if self.dice.random() < 0.3:
            meta["annotations"] = {"example.com/revision": self.word() + self.word()}
        head = {"apiVersion": version, "kind": kind, "metadata": meta}
        return head if spec is None else {**head, "spec": spec}

    def image(self) -> str:
        """An image, most often with a tag and now and then with a digest."""
        name = f"{self.dice.choice(_REGISTRIES.split())}/{self.dice.choice(_SECOND.split())}"
        if self.dice.random() < 0.1:
            return f"{name}@sha256:{self.dice.getrandbits(256):064x}"
        return f"{name}:{self.version()}"

    def version(self) -> str:
        """Three numbers, as in v1.20.3."""
        return f"v{self.dice.randint(0, 9)}.{self.dice.randint(0, 40)}.{self.dice.randint(0, 30)}"

    def word(self) -> str:
        """A word of no language."""
        return "".join(self.dice.choices(_LETTERS, k=self.dice.randint(4, 9)))


def many(number: int) -> Iterator[tuple[str, str]]:
    """(path, text) of *number* objects, each in its own file, in folders by application."""
    for application, written in _applications(number):
        folder = f"{application.namespace}/{application.name}"
        for index, each in enumerate(written):
            yield f"{folder}/{index}-{each['kind'].lower()}.yaml", text(each, application)


def big(number: int) -> Iterator[tuple[str, str]]:
    """(path, text) of *number* objects, all in one file; the text comes in pieces."""
    for _, each in many(number):
        yield "all.yaml", each if each.startswith("---\n") else f"---\n{each}"


def skewed(number: int) -> Iterator[tuple[str, str]]:
    """(path, text) of one namespace: every second object a Service, which selects all the pods."""
    common = {
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "helm",
        "environment": "prod",
    }
    dice = random.Random("skewed")
    for index in range(number // 2):
        application = Application(dice, index, None)
        application.namespace = "shop"
        application.labels |= common
        service = {**application.service(), "selector": common}
        service["ports"] = [{"name": "main", "port": 80, "targetPort": "main"}]
        spec = application.workload(stored=False)
        for kind, version, each in (("Service", "v1", service), ("Deployment", "apps/v1", spec)):
            written = application.object(version, kind, each)
            yield f"{index}-{kind.lower()}.yaml", text(written, application)


SHAPES = {"many": many, "big": big, "skewed": skewed}


def _applications(number: int) -> Iterator[tuple[Application, list[Object]]]:
    """Applications of *number* objects altogether; the last are no more than settings."""
    dice = random.Random("hslint")
    before: Application | None = None
    for index in count():
        if number <= 0:
            return
        application = Application(dice, index, before)
        objects = application.objects()
        if len(objects) > number:
            objects = [application.settings()]
        else:
            before = application
        number -= len(objects)
        yield application, objects


def text(value: Object, writer: Application) -> str:
    """An object as YAML, in the manner of the writer of its application."""
    head = writer.dice.choice(("", "", "---\n"))
    if writer.notes:
        head += f"# {writer.dice.choice(_NOTES)}\n"
    return head + "".join(_mapping(value, "", writer))


def _mapping(value: Object, indent: str, writer: Application) -> Iterator[str]:
    for key, each in value.items():
        if writer.dice.random() < writer.notes:
            yield f"{indent}# {writer.dice.choice(_NOTES)}\n"
        if isinstance(each, dict):
            yield f"{indent}{key}:\n"
            yield from _mapping(each, indent + "  ", writer)
        elif isinstance(each, list):
            yield from _list(key, each, indent, writer)
        elif isinstance(each, str) and each.endswith("\n"):
            yield f"{indent}{key}: |\n"
            yield from (f"{indent}  {line}\n" for line in each.splitlines())
        else:
            note = f"  # {writer.dice.choice(_NOTES)}" if writer.dice.random() < 0.01 else ""
            yield f"{indent}{key}: {_scalar(each, writer)}{note}\n"


def _list(key: str, values: list[Any], indent: str, writer: Application) -> Iterator[str]:
    scalars = [_scalar(each, writer) for each in values if not isinstance(each, dict)]
    if scalars and writer.quote:  # such writers also write short lists in one line
        yield f"{indent}{key}: [{', '.join(scalars)}]\n"
        return
    yield f"{indent}{key}:\n"
    inner = indent if writer.flush else indent + "  "
    yield from (f"{inner}- {each}\n" for each in scalars)
    for each in values:
        if isinstance(each, dict):
            lines = "".join(_mapping(each, inner + "  ", writer))
            first = re.search(r"^ *(?=[^ #])", lines, re.MULTILINE)
            assert first
            yield f"{lines[: first.start()]}{inner}- {lines[first.end() :]}"


def _scalar(value: Any, writer: Application) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if not writer.quote and value.lower() not in _WORDS and _PLAIN.fullmatch(value):
        return value
    quote = writer.quote or '"'
    return f"{quote}{value}{quote}"


def write(shape: str, number: int, folder: Path) -> None:
    """Write *number* objects in a shape of SHAPES below *folder*."""
    made: set[Path] = set()
    for name, pieces in groupby(SHAPES[shape](number), key=lambda piece: piece[0]):
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(piece for _, piece in pieces)


def main() -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("number", type=int, help="how many objects")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write(options.shape, options.number, options.folder)


if __name__ == "__main__":
    main()
