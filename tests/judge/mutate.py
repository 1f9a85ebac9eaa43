"""Good objects changed the way people do, and the way nobody does: seeded, so reproducible."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from schemas.compile import corrected
from tests.schema.sample import ODD, of, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from random import Random

Object = dict[str, Any]


def _stateful(pod: Object) -> Object:
    """A StatefulSet that makes pods like *pod*."""
    labels = pod["metadata"]["labels"]
    spec = {key: value for key, value in pod["spec"].items() if key != "nodeName"}
    template = {"metadata": {"labels": labels}, "spec": spec}
    return {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": pod["metadata"]["name"]},
        "spec": {"serviceName": "db", "selector": {"matchLabels": labels}, "template": template},
    }


_WRITTEN: list[Object] = list(yaml.safe_load_all(Path(__file__).with_name("good.yaml").read_text()))
GOOD = [*_WRITTEN, *(_stateful(value) for value in _WRITTEN if value["kind"] == "Pod")]

_LENGTHS = (1, 15, 16, 52, 53, 57, 58, 62, 63, 64, 65, 253, 254, 300)
_NAMES = (
    *("web", "db", "db-0", "0db", "Web", "web_1", "web.example.com", "-web", "web-", "a--b", "80"),
    *("8080", "http", "http.x", "a.b", "ä", " web", "web ", "a/b", "x/y/z", "*", "*.a.b", "None"),
    *("kubernetes.io/app", "example.com/x", "Example.com/x", "..", ".", "%", "a%b", "/a", "a..b"),
)
_PORTS = (
    1,
    22,
    80,
    443,
    8080,
    10250,
    30000,
    30080,
    32767,
    32768,
    65535,
    65536,
    0,
    -1,
    "http",
    "80",
)
_ADDRESSES = (
    *("10.0.0.1", "192.0.2.1", "010.0.0.1", "10.0.0", "10.0.0.256", "127.0.0.1", "0.0.0.0"),  # noqa: S104
    *("169.254.1.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "ff02::1"),
    *("2001:db8::1", "2001:DB8::1", "2001:db8:0:0::1", "::ffff:10.0.0.1", "fd00:10:96::5", "None"),
    *("none", "", "10.96.0.9", "10.96.0.40", "a.example.com", " 10.0.0.1", "10.0.0.0/8"),
)
_RANGES = (
    *("10.0.0.0/8", "10.0.0.1/8", "10.0.0.0/33", "0.0.0.0/0", "::/0", "2001:db8::/32"),
    *("010.0.0.0/8", "10.1.0.0/16", " 10.0.0.0/8", "10.0.0.0", "::ffff:10.0.0.0/104", "fd00::1/8"),
)
_NUMBERS = (0, 1, -1, 2, 3, 10, 60, 99, 100, 101, 1000, 86400, 86401, 65535, 65536, 2**31 - 1)
_SHARES = (0, 1, -1, "0%", "1%", "25%", "100%", "101%", "-1%", "x", "", "5", "1.5%", "%", 3)
_WORDS = (
    *("TCP", "UDP", "SCTP", "tcp", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
    *("Headless", "Cluster", "Local", "local", "ClientIP", "None", "none", "IPv4", "IPv6", "ipv4"),
    *("FQDN", "SingleStack", "PreferDualStack", "RequireDualStack", "Always", "Never"),
    *("OnFailure", "RollingUpdate", "OnDelete", "Recreate", "Parallel", "OrderedReady", "Retain"),
    *("Delete", "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "in", "Prefix", "Exact"),
    *("ImplementationSpecific", "Ingress", "Egress", "Indexed", "NonIndexed", "PreferClose"),
    *("PreferSameZone", "PreferSameNode", "AlwaysAllow", "IfHealthyBudget", "Default"),
    *("ClusterFirst", "ClusterFirstWithHostNet", "Allow", "Forbid", "Replace", "IfNotPresent"),
)
#: What is tried in fields by their name, or the last part of it.
_POOLS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("ip", "IP", "hostIP", "clusterIP", "loadBalancerIP", "podIP"), _ADDRESSES),
    **dict.fromkeys(("clusterIPs", "externalIPs", "addresses", "nameservers"), _ADDRESSES),
    **dict.fromkeys(("cidr", "except", "loadBalancerSourceRanges"), _RANGES),
    **dict.fromkeys(("port", "targetPort", "nodePort", "containerPort", "hostPort"), _PORTS),
    **dict.fromkeys(("number", "endPort", "healthCheckNodePort"), _PORTS),
    **dict.fromkeys(("maxUnavailable", "minAvailable", "maxSurge"), _SHARES),
    "schedule": (
        "* * * * *",
        "@daily",
        "@every 1h",
        "61 * * * *",
        "x",
        "TZ=UTC 0 0 * * *",
        "* * * *",
    ),
    "timeZone": ("Etc/UTC", "Local", "", "Mars", "europe/berlin"),
}


_PROFILE = (
    "runtime/default",
    "unconfined",
    "docker/default",
    "localhost/web",
    "localhost/",
    "x",
    "",
)
_TOLERATIONS = (
    *("[]", "null", "{}", "x", "", "[null]", "[1]", '[{"key": "a b", "operator": "Exists"}]'),
    *('[{"key": "a", "value": "b"}]', '[{"operator": "Exists"}]', '[{"Key": "a", "value": 1}]'),
    *('[{"key": "a", "operator": "Gt", "value": "1"}]', '[{"key": "a", "effect": "No"}]'),
    *('[{"key": "a", "tolerationSeconds": 6}]', '[{"key": "a", "value": "b c"}]', "[{}]"),
    *('[{"key": "a", "effect": "NoExecute", "tolerationSeconds": 6}]', '[{"value": "a"}]'),
    *('[{"key": "a", "operator": "Exists", "value": "b"}]', '[{"operator": "Equal"}]'),
)
_COSTS = (
    "0",
    "-5",
    "+5",
    "007",
    "-0",
    "-",
    "",
    "2147483647",
    "2147483648",
    "1.5",
    "low",
    "-2147483648",
)
#: Annotations that Kubernetes looks into, with values; ``*`` is the name of a container.
_ANNOTATIONS: dict[str, tuple[str, ...]] = {
    "container.apparmor.security.beta.kubernetes.io/*": _PROFILE,
    "container.seccomp.security.alpha.kubernetes.io/*": (
        *_PROFILE,
        "localhost//x",
        "localhost/../x",
    ),
    "seccomp.security.alpha.kubernetes.io/pod": (*_PROFILE, "localhost//x", "localhost/a/../x"),
    "controller.kubernetes.io/pod-deletion-cost": _COSTS,
    "scheduler.alpha.kubernetes.io/tolerations": _TOLERATIONS,
    "scheduler.alpha.kubernetes.io/critical-pod": ("", "true"),
    "security.alpha.kubernetes.io/sysctls": ("", "kernel.shm_rmid_forced=1"),
    "security.alpha.kubernetes.io/unsafe-sysctls": ("net.core.somaxconn=1",),
    "kubernetes.io/config.mirror": ("x", ""),
}
_OF_SERVICES: dict[str, tuple[str, ...]] = {
    "service.beta.kubernetes.io/load-balancer-source-ranges": (
        *_RANGES,
        *("", " ", "10.0.0.0/8,192.0.2.0/24", " 10.0.0.0/8 , ::/0 ", "10.0.0.0/8,", "x"),
    ),
}
_NODE_LABELS = (
    *("beta.kubernetes.io/os", "beta.kubernetes.io/arch", "beta.kubernetes.io/instance-type"),
    *("failure-domain.beta.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone"),
    *("app.kubernetes.io/created-by", "scheduler.alpha.kubernetes.io/preferAvoidPods"),
    *("node-role.kubernetes.io/master", "kubernetes.io/os", "topology.kubernetes.io/zone"),
)


def _mapping(holder: Object, key: str) -> Object:
    """The mapping at *key*, made where there is none."""
    if not isinstance(holder.get(key), dict):
        holder[key] = {}
    found: Object = holder[key]
    return found


class Mutator:
    """Makes changed objects; those that reached something new are changed further."""

    def __init__(self, random: Random, minor: int) -> None:
        self._random = random
        self._types = corrected(minor)
        self._roots = {
            (schema["apiVersion"], name.rpartition(".")[2]): name
            for name, schema in self._types.items()
            if "apiVersion" in schema
        }
        self._kept: dict[str, list[Object]] = {}
        self._reached: set[Hashable] = set()
        self._donors: dict[str, list[Any]] = {}
        self._kinds: dict[str, list[Object]] = {}
        for good in GOOD:
            self._kinds.setdefault(good["kind"], []).append(good)
            for holder, key in walk(good):
                if isinstance(key, str):
                    self._donors.setdefault(key, []).append(holder[key])
        self._ways: tuple[Callable[[Object], None], ...] = (
            *(self._remove, self._empty, self._odd, self._typo, self._double, self._add, self._add),
            *(self._stretch, self._number, self._borrow, self._near, self._word, self._name),
            *(self._pooled, self._pooled, self._pooled, self._pooled, self._key, self._swap),
            *(self._annotate, self._node_label),
        )

    def objects(self, number: int, kinds: Iterable[str] = ()) -> list[Object]:
        """*number* changed objects, of all kinds (or of *kinds*) alike."""
        wanted = list(kinds) or list(self._kinds)
        return [self.changed(self._random.choice(wanted)) for _ in range(number)]

    def changed(self, kind: str) -> Object:
        """An object of *kind* with one change in it, seldom more."""
        kept = self._kept.get(kind)
        start = kept if kept and self._random.random() < 0.35 else self._kinds[kind]
        value = copy.deepcopy(self._random.choice(start))
        for _ in range(self._random.choice((1, 1, 1, 1, 2, 2, 3))):
            self._random.choice(self._ways)(value)
        return value

    @property
    def reached(self) -> int:
        """How many different things the objects have reached."""
        return len(self._reached)

    def learn(self, value: Object, reached: Iterable[Hashable]) -> bool:
        """Remember what *value* has *reached*; it is a start for others where some of it is new."""
        new = set(reached) - self._reached
        self._reached |= new
        if new and len(json.dumps(value)) < 6000:
            self._kept.setdefault(value["kind"], []).append(value)
        return bool(new)

    # -- places

    def _place(self, value: Object, *, leaf: bool = False) -> tuple[Any, Any]:
        """A holder and a key in *value*; fields near the top as often as the many deep ones."""
        places = [
            (holder, key)
            for holder, key in walk(value)
            if not (holder is value and key in ("apiVersion", "kind"))
            and not (leaf and isinstance(holder[key], dict | list))
        ]
        return self._random.choice(places) if places else ({"x": 1}, "x")

    def _type_of(self, root: Object, holder: Any) -> str | None:
        """The type of a mapping in *root*, where it has one."""
        name = self._roots.get((root.get("apiVersion", ""), root.get("kind", "")))
        todo: list[tuple[Any, Any]] = [(root, {"$ref": name})]
        while todo:
            value, schema = todo.pop()
            name = schema.get("$ref") if isinstance(schema, dict) else None
            if value is holder:
                return name
            if isinstance(value, list):
                todo += ((item, schema.get("items", {})) for item in value)
            elif isinstance(value, dict):
                fields = (self._types.get(name or "") or {}).get("properties", {})
                todo += ((inner, fields.get(key, {})) for key, inner in value.items())
        return None

    # -- ways to change an object

    def _remove(self, value: Object) -> None:
        holder, key = self._place(value)
        del holder[key]

    def _empty(self, value: Object) -> None:
        holder, key = self._place(value)
        holder[key] = self._random.choice((None, "", {}, [], 0, [None]))

    def _odd(self, value: Object) -> None:
        holder, key = self._place(value)
        odd = copy.deepcopy(self._random.choice(ODD))
        holder[key] = odd if self._random.random() < 0.7 else [holder[key]]

    def _typo(self, value: Object) -> None:
        holder, key = self._place(value)
        if isinstance(holder, dict):
            holder[self._bent(key)] = holder.pop(key)

    def _bent(self, text: str) -> str:
        at = self._random.randrange(max(len(text), 1))
        return self._random.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + text[at : at + 1].swapcase() + text[at + 1 :],
                text + self._random.choice(("s", "-", ".", "_", "x", " ", "/", "0")),
                self._random.choice(("-", ".", "_", "x", " ", "0")) + text,
                text[:at] + self._random.choice("-._/ 0A") + text[at:],
            )
        )

    def _near(self, value: Object) -> None:
        holder, key = self._place(value, leaf=True)
        if isinstance(holder[key], str):
            holder[key] = self._bent(holder[key])

    def _double(self, value: Object) -> None:
        lists = [holder[key] for holder, key in walk(value) if isinstance(holder[key], list)]
        lists = [each for each in lists if each]
        if lists:
            chosen = self._random.choice(lists)
            again = copy.deepcopy(self._random.choice(chosen))
            chosen.insert(self._random.randint(0, len(chosen)), again)
            if isinstance(again, dict) and again and self._random.random() < 0.6:
                key = self._random.choice(list(again))
                again[key] = copy.deepcopy(self._random.choice(self._donors.get(key, [again[key]])))

    def _add(self, value: Object) -> None:
        """A field that the type has and the object has not."""
        holders = [value, *(h[k] for h, k in walk(value) if isinstance(h[k], dict))]
        holder = self._random.choice(holders)
        schema = self._types.get(self._type_of(value, holder) or "") or {}
        absent = sorted(set(schema.get("properties", ())) - set(holder) - {"status"})
        if not absent:
            return
        key = self._random.choice(absent)
        pool = self._pool(key)
        if key in self._donors and self._random.random() < 0.6:
            holder[key] = copy.deepcopy(self._random.choice(self._donors[key]))
        elif pool and self._random.random() < 0.7:
            holder[key] = self._random.choice(pool)
        else:
            holder[key] = of(self._random, self._types, schema["properties"][key], 6)

    def _stretch(self, value: Object) -> None:
        """A text at a limit of lengths, or one past it."""
        holder, key = self._place(value, leaf=True)
        if isinstance(holder[key], str):
            length = self._random.choice(_LENGTHS)
            text = (holder[key] or "a") + "a" * length
            holder[key] = (
                text[:length] if self._random.random() < 0.8 else ("a." * 200)[:length] + "a"
            )

    def _number(self, value: Object) -> None:
        places = [(h, k) for h, k in walk(value) if isinstance(h[k], int)]
        if places:
            holder, key = self._random.choice(places)
            numbers = (*_NUMBERS, holder[key] + 1, holder[key] - 1, str(holder[key]))
            holder[key] = self._random.choice(numbers)

    def _borrow(self, value: Object) -> None:
        """What a field of the same name holds elsewhere."""
        holder, key = self._place(value)
        if key in self._donors:
            holder[key] = copy.deepcopy(self._random.choice(self._donors[key]))

    def _word(self, value: Object) -> None:
        words = set(_WORDS)
        places = [(h, k) for h, k in walk(value) if isinstance(h[k], str) and h[k] in words]
        places = [(h, k) for h, k in places if h is not value]
        if places:
            holder, key = self._random.choice(places)
            holder[key] = self._random.choice(_WORDS)

    def _name(self, value: Object) -> None:
        holder, key = self._place(value, leaf=True)
        if isinstance(holder[key], str):
            holder[key] = self._random.choice(_NAMES)

    def _pooled(self, value: Object) -> None:
        """What people write into a field of this name."""
        places = [
            (h, k, self._pool(k if isinstance(k, str) else ""))
            for h, k in walk(value)
            if not isinstance(h[k], dict)
        ]
        places = [place for place in places if place[2]]
        if places:
            holder, key, pool = self._random.choice(places)
            chosen = self._random.choice(pool)
            if isinstance(holder[key], list) and not isinstance(chosen, list):
                count = self._random.randint(1, 3)
                holder[key] = [self._random.choice(pool) for _ in range(count)]
            else:
                holder[key] = chosen

    def _pool(self, key: str) -> tuple[Any, ...]:
        if key in _POOLS:
            return _POOLS[key]
        lower = key.lower()
        if lower.endswith(("name", "host", "hostname", "subdomain", "hosts", "key")):
            return _NAMES
        if lower.endswith(("seconds", "replicas", "limit", "threshold", "partition", "start")):
            return _NUMBERS
        return ()

    def _key(self, value: Object) -> None:
        """Labels, annotations and selectors: another key or value."""
        wanted = ("labels", "annotations", "matchLabels", "selector", "nodeSelector")
        maps = [h[k] for h, k in walk(value) if k in wanted and isinstance(h[k], dict)]
        if not maps:
            return
        chosen = self._random.choice(maps)
        if self._random.random() < 0.5 or not chosen:
            chosen[self._random.choice(_NAMES)] = self._random.choice((*_NAMES, "", 1, True, None))
        else:
            key = self._random.choice(list(chosen))
            chosen[key] = self._random.choice((*_NAMES, "", "a" * 63, "a" * 64))

    def _annotate(self, value: Object) -> None:
        """An annotation that Kubernetes looks into."""
        service = value.get("kind") == "Service"
        owners = [value] if service else [h for h, k in walk({"": value}) if k == "spec"]
        owners = [h for h in owners if isinstance(h.get("spec"), dict)]
        owners = [h for h in owners if service or "containers" in h["spec"]]
        if not owners:
            return
        chosen = self._random.choice(owners)
        pool = _OF_SERVICES if service else _ANNOTATIONS
        key = self._random.choice(list(pool))
        listed = _mapping(chosen, "spec").get("containers")
        first = listed[0] if isinstance(listed, list) and listed else None
        name = first.get("name") if isinstance(first, dict) else None
        text = self._random.choice(pool[key])
        if self._random.random() < 0.1:
            name = "other"
        annotations = _mapping(_mapping(chosen, "metadata"), "annotations")
        annotations[key.replace("*", str(name))] = text

    def _node_label(self, value: Object) -> None:
        """A label by which nodes are chosen, some of them deprecated."""
        label = self._random.choice(_NODE_LABELS)
        keys = ("topologyKey", "key")
        places = [(h, k) for h, k in walk(value) if k in keys and isinstance(h, dict)]
        maps = [h for h, k in walk(value) if k == "containers" and isinstance(h, dict)]
        if places and self._random.random() < 0.7:
            holder, key = self._random.choice(places)
            holder[key] = label
        elif maps:
            _mapping(self._random.choice(maps), "nodeSelector")[label] = "x"

    def _swap(self, value: Object) -> None:
        """Two fields of one mapping trade their values."""
        maps = [value, *(h[k] for h, k in walk(value) if isinstance(h[k], dict))]
        maps = [each for each in maps if len(each) > 1 and each is not value]
        if maps:
            chosen = self._random.choice(maps)
            one, other = self._random.sample(list(chosen), 2)
            chosen[one], chosen[other] = chosen[other], chosen[one]
