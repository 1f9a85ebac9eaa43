"""Random worlds: Services, workloads and pods whose labels, names and ports nearly match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

Object = dict[str, Any]

_NAMESPACES = ("prod", "test")
_NAMES = ("db", "web", "db-0", "api")
_PORTS = (("http", 80), ("http", 8080), ("db", 5432), ("db", 5433), (None, 80), (None, 9000))
_TARGETS = (None, None, "http", "db", "http", 80, 8080, 5432, 9000, 7000)
_ALIASES = ("db.example.com", "db.example.com.", "web.prod.svc.cluster.local", "10.1.2.3")
_ADDRESSES = ("10.1.2.3", "10.1.2.4", "fd00::10", "fd00::")
_SINGLE = {
    "StatefulSet": ("statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index"),
    "Job": ("batch.kubernetes.io/job-completion-index",),
}
_KINDS = ("StatefulSet", "StatefulSet", "StatefulSet", "Deployment", "DaemonSet", "Pod", "Job")


def made(random: Random) -> list[Object]:
    """The objects of a world: one to three Services, one to three workloads, each name once.

    Some have Endpoints or an EndpointSlice that was written by hand.
    """
    objects: dict[tuple[str, str, str], Object] = {}
    for _ in range(random.randint(1, 3)):
        _put(objects, _workload(random))
    workloads = list(objects.values())
    for _ in range(random.randint(1, 3)):
        _put(objects, _service(random, workloads))
    if random.random() < 0.3:
        _put(objects, random.choice((_endpoints, _slice))(random))
    return list(objects.values())


def questions(random: Random, objects: list[Object]) -> list[dict[str, str]]:
    """Names to look up: those of the world, and such as nearly are."""
    found = []
    services = [o["metadata"]["name"] for o in objects if o["kind"] == "Service"]
    for service in {*services, random.choice(_NAMES)}:
        for namespace in _NAMESPACES:
            below = f"{service}.{namespace}.svc.cluster.local."
            found.append({"name": below, "type": "A"})
            hosts = {o["metadata"]["name"] for o in objects} | {"gossip"}
            for host in hosts:
                found += (
                    {"name": f"{each}.{below}", "type": "A"}
                    for each in (host, f"{host}-{random.randint(0, 3)}", f"{host}-{0}")
                )
            for port in ("http", "db", "p"):
                protocol = random.choice(("tcp", "tcp", "udp"))
                found.append({"name": f"_{port}._{protocol}.{below}", "type": "SRV"})
    return [dict(pairs) for pairs in sorted({tuple(sorted(each.items())) for each in found})]


def _put(objects: dict[tuple[str, str, str], Object], value: Object) -> None:
    metadata = value["metadata"]
    objects.setdefault((value["kind"], metadata["namespace"], metadata["name"]), value)


def _labels(random: Random) -> dict[str, str]:
    labels = {"app": random.choice(("a", "a", "b"))}
    if random.random() < 0.5:
        labels["tier"] = random.choice(("x", "y"))
    return labels


def _metadata(random: Random) -> Object:
    namespace = random.choice((*_NAMESPACES, "prod", "prod"))
    return {"name": random.choice(_NAMES), "namespace": namespace}


def _workload(random: Random) -> Object:
    kind = random.choice(_KINDS)
    metadata, labels, pod = _metadata(random), _labels(random), _pod(random)
    if kind == "Pod":
        metadata |= {"name": f"pod-{metadata['name']}", "labels": labels}
        return {"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": pod}
    spec: Object = {"template": {"metadata": {"labels": labels}, "spec": pod}}
    if kind == "Job":
        spec |= _job(random)
        pod["restartPolicy"] = "Never"
        return {"apiVersion": "batch/v1", "kind": kind, "metadata": metadata, "spec": spec}
    spec["selector"] = {"matchLabels": labels}
    if kind != "DaemonSet":
        spec["replicas"] = random.randint(1, 3)
    if kind == "StatefulSet":
        if random.random() < 0.9:
            spec["serviceName"] = random.choice(_NAMES)
        if random.random() < 0.2:
            spec["ordinals"] = {"start": random.randint(0, 2)}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": metadata, "spec": spec}


def _pod(random: Random) -> Object:
    pod: Object = {"containers": [_container(random, f"c{n}") for n in range(random.randint(1, 2))]}
    if random.random() < 0.3:
        sidecar = _container(random, "side") | {"restartPolicy": "Always"}
        pod["initContainers"] = [sidecar] if random.random() < 0.8 else [_container(random, "init")]
    if random.random() < 0.3:
        pod["subdomain"] = random.choice(_NAMES)
    if random.random() < 0.3:
        pod["hostname"] = random.choice((*_NAMES, "gossip"))
    return pod


def _job(random: Random) -> Object:
    """How many pods a Job has: all at once, so that all its names are there."""
    number = random.randint(1, 3)
    if random.random() < 0.1:
        return {"completionMode": "Indexed"}
    if random.random() < 0.5:
        return {"completionMode": "Indexed", "completions": number, "parallelism": number}
    return random.choice(({}, {"completions": number, "parallelism": number}))


def _container(random: Random, name: str) -> Object:
    container: Object = {"name": name, "image": "image:1"}
    listed: list[Object] = []
    for _ in range(random.randint(0, 2)):
        port_name, number = random.choice(_PORTS)
        port: Object = {"containerPort": number}
        if port_name and all(other.get("name") != port_name for other in listed):
            port["name"] = port_name
        if random.random() < 0.2:
            port["protocol"] = random.choice(("TCP", "UDP"))
        listed.append(port)
    if listed:
        container["ports"] = listed
    return container


def _service(random: Random, workloads: list[Object]) -> Object:
    spec: Object = {}
    kind = random.random()
    if kind < 0.08:
        spec = {"type": "ExternalName", "externalName": random.choice(_ALIASES)}
    elif kind < 0.65:
        spec["clusterIP"] = "None"
    if random.random() < 0.9:
        spec["selector"] = _selector(random, workloads)
    elif random.random() < 0.3:
        spec["selector"] = {}
    if kind < 0.08 or spec.get("clusterIP") != "None" or random.random() < 0.9:
        spec["ports"] = _service_ports(random)
    if random.random() < 0.15:
        spec["publishNotReadyAddresses"] = True
    if kind >= 0.08 and random.random() < 0.3:
        spec |= _families(random)
    return {"apiVersion": "v1", "kind": "Service", "metadata": _metadata(random), "spec": spec}


def _selector(random: Random, workloads: list[Object]) -> dict[str, str]:
    """Labels that nearly match, some of them those of one pod."""
    labels = _labels(random)
    if random.random() < 0.8:
        return labels
    workload = random.choice(workloads)
    keys = _SINGLE.get(workload["kind"], _SINGLE["StatefulSet"])
    key, number = random.choice(keys), str(random.randint(0, 3))
    if key.endswith("pod-name"):
        number = f"{workload['metadata']['name']}-{number}"
    return {key: number} if random.random() < 0.5 else labels | {key: number}


def _families(random: Random) -> Object:
    policy = random.choice(("SingleStack", "PreferDualStack", "RequireDualStack"))
    families = random.sample(("IPv4", "IPv6"), 1 if policy == "SingleStack" else 2)
    if random.random() < 0.3:
        return {"ipFamilyPolicy": policy}
    return {"ipFamilyPolicy": policy, "ipFamilies": families}


def _endpoints(random: Random) -> Object:
    """Endpoints by hand, of any Service."""
    subset: Object = {"addresses": _addresses(random), "ports": _hand_ports(random)}
    if random.random() < 0.3:
        subset["notReadyAddresses"] = [{"ip": "10.1.2.5"}]
    metadata = _metadata(random)
    if random.random() < 0.1:
        metadata["labels"] = {"endpointslice.kubernetes.io/skip-mirror": "true"}
    return {"apiVersion": "v1", "kind": "Endpoints", "metadata": metadata, "subsets": [subset]}


def _addresses(random: Random) -> list[Object]:
    listed = []
    for ip in random.sample(_ADDRESSES, random.randint(1, 2)):
        named = random.random() < 0.4
        listed.append({"ip": ip, "hostname": random.choice(_NAMES)} if named else {"ip": ip})
    return listed


def _slice(random: Random) -> Object:
    """An EndpointSlice by hand, of any Service."""
    metadata = _metadata(random)
    labels = {"kubernetes.io/service-name": metadata["name"]}
    metadata |= {"name": f"{metadata['name']}-by-hand", "labels": labels}
    family = random.choice(("IPv4", "IPv6"))
    endpoints = []
    for address in random.sample(_ADDRESSES, random.randint(1, 2)):
        if (":" in address) != (family == "IPv6"):
            continue
        endpoint: Object = {"addresses": [address]}
        if random.random() < 0.4:
            endpoint["hostname"] = random.choice(_NAMES)
        if random.random() < 0.4:
            endpoint["conditions"] = {"ready": random.random() < 0.5}
        endpoints.append(endpoint)
    return {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": metadata,
        "addressType": family,
        "endpoints": endpoints,
        "ports": _hand_ports(random),
    }


def _hand_ports(random: Random) -> list[Object]:
    if random.random() < 0.2:
        return []
    names = random.sample(("http", "db", "p"), random.choice((1, 1, 2)))
    ports: list[Object] = [{"name": name, "port": random.choice((80, 5432))} for name in names]
    if len(ports) == 1 and random.random() < 0.4:
        del ports[0]["name"]
    return ports


def _service_ports(random: Random) -> list[Object]:
    listed: list[Object] = []
    for number, name in enumerate(random.sample(("http", "db", "p"), random.randint(1, 2))):
        port: Object = {"name": name, "port": 80 + number}
        target = random.choice(_TARGETS)
        if target is not None:
            port["targetPort"] = target
        if random.random() < 0.2:
            port["protocol"] = random.choice(("UDP", "SCTP"))
        listed.append(port)
    if len(listed) == 1 and random.random() < 0.4:
        del listed[0]["name"]
    return listed
