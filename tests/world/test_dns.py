"""Host names are answered as CoreDNS would answer them."""

from __future__ import annotations

import pytest

from hslint.document import documents
from hslint.manifest import manifests
from hslint.source import Source
from hslint.world import World
from hslint.world.answer import Answer, Reference

CLUSTER = """
apiVersion: v1
kind: Service
metadata: {name: db, namespace: prod}
spec:
  clusterIP: None
  selector: {app: db}
  ports: [{name: pg, port: 5432}, {name: dns, port: 53, protocol: UDP}]
---
apiVersion: v1
kind: Service
metadata: {name: db-read, namespace: prod}
spec:
  selector: {app: db}
  ports: [{port: 5432}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: prod}
spec:
  serviceName: db
  replicas: 3
  ordinals: {start: 5}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "postgres:18"}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: prod}
spec:
  selector: {app: api}
  ports: [{name: http, port: 80}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue, namespace: prod}
spec:
  serviceName: queue
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "rabbitmq:4"}]}
---
apiVersion: v1
kind: Service
metadata: {name: queue, namespace: prod}
spec:
  selector: {app: queue}
  ports: [{name: amqp, port: 5672}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: train, namespace: prod}
spec:
  completionMode: Indexed
  completions: 2
  template:
    metadata: {labels: {app: train}}
    spec:
      subdomain: train
      restartPolicy: Never
      containers: [{name: train, image: "train:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: train, namespace: prod}
spec: {clusterIP: None, selector: {job-name: train}}
---
apiVersion: v1
kind: Pod
metadata: {name: lone, namespace: prod, labels: {app: lone}}
spec:
  hostname: first
  subdomain: lone
  containers: [{name: lone, image: "lone:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: lone, namespace: prod}
spec: {clusterIP: None, selector: {app: lone}}
---
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: prod}
spec: {type: ExternalName, externalName: db.example.com}
---
apiVersion: v1
kind: Service
metadata: {name: by-hand, namespace: prod}
spec: {clusterIP: None, ports: [{name: pg, port: 5432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: by-hand-1
  namespace: prod
  labels: {kubernetes.io/service-name: by-hand}
addressType: IPv4
endpoints: [{addresses: [10.0.0.7], hostname: primary}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: {name: ring, namespace: prod}
spec:
  replicatedJobs:
    - name: workers
      replicas: 2
      template:
        spec:
          completions: 4
          parallelism: 4
          template:
            spec: {containers: [{name: worker, image: "worker:1"}]}
---
apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: serve, namespace: prod}
spec:
  replicas: 2
  leaderWorkerTemplate:
    size: 3
    workerTemplate:
      spec: {containers: [{name: serve, image: "serve:1"}]}
"""

CLIENT = """
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: %s}
spec:
  containers:
    - name: client
      image: client:1
      args: ["x://%s/"]
"""


def look_up(host: str, namespace: str = "prod", cluster: str = CLUSTER) -> Reference | None:
    """What the name leads to in a URL of a pod in *namespace*; None when it is nobody's."""
    text = f"{cluster}---{CLIENT % (namespace, host)}"
    found = documents(Source("cluster.yaml", text.encode()))
    objects = [manifest for document in found for manifest in manifests(document, 37)]
    references = World(objects).hosts.of(objects[-1])
    return references[0] if references else None


def fault(host: str, namespace: str = "prod", cluster: str = CLUSTER) -> str:
    reference = look_up(host, namespace, cluster)
    assert reference is not None, f"{host} is not taken for a name of the cluster"
    return reference.fault


@pytest.mark.parametrize(
    "host",
    [
        "db",
        "DB",
        "db.",
        "db.prod",
        "db.prod.svc",
        "db.prod.svc.cluster.local",
        "DB.Prod.svc.Cluster.Local",
        "db.prod.svc.cluster.local.",
        "db-5.db",
        "db-7.db.prod",
        "db-6.db.prod.svc",
        "db-6.db.prod.svc.cluster.local",
        "_pg._tcp.db",
        "_dns._udp.db.prod.svc.cluster.local",
        "_http._tcp.api.prod.svc",
        "10-0-0-7.db.prod.svc.cluster.local",
        "train-1.train",
        "first.lone",
        "primary.by-hand",
        "anything.outside",
        "ring-workers-1-3.ring.prod.svc",
        "serve-1.serve.prod.svc",
        "serve-1-2.serve.prod.svc.cluster.local",
    ],
)
def test_names_that_resolve(host: str) -> None:
    assert fault(host) == ""


def test_the_ports_of_endpoints_by_hand_have_names_below_a_headless_service() -> None:
    ports = CLUSTER.replace("addressType", "ports: [{name: repl, port: 5433}]\naddressType")
    assert fault("_repl._tcp.by-hand.prod.svc", cluster=ports) == ""
    assert fault("_repl._tcp.by-hand.prod.svc") == Answer.NO_PORT
    assert fault("_repl._udp.by-hand.prod.svc", cluster=ports) == Answer.NO_PORT


def test_the_governing_service_need_not_be_headless_for_coredns() -> None:
    assert fault("queue-0.queue") == ""
    assert fault("queue-1.queue") == Answer.ORDINAL


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("db-0.db", Answer.ORDINAL),
        ("db-8.db.prod.svc.cluster.local", Answer.ORDINAL),
        ("db-05.db.prod.svc", Answer.NO_POD),
        ("train-2.train", Answer.ORDINAL),
        ("ring-workers-2-0.ring.prod.svc", Answer.ORDINAL),
        ("ring-workers-0-4.ring.prod.svc", Answer.ORDINAL),
        ("serve-2.serve.prod.svc", Answer.ORDINAL),
        ("serve-1-3.serve.prod.svc", Answer.ORDINAL),
        ("db-5.db-read", Answer.NOT_GOVERNED),
        ("db-5.dbs.prod.svc", Answer.NOT_GOVERNED),
        ("db-5", Answer.BARE_POD),
        ("second.lone.prod.svc", Answer.NO_POD),
        ("lone.lone.prod.svc", Answer.NO_POD),
        ("_postgres._tcp.db", Answer.NO_PORT),
        ("_pg._udp.db", Answer.NO_PORT),
        ("apis.prod.svc", Answer.NO_SERVICE),
        ("db-raed", Answer.NO_SERVICE),
        ("db-raed.prod", Answer.NO_SERVICE),
        ("db.shop.svc", Answer.OTHER_NAMESPACE),
        ("db.porduction.svc", ""),
        ("db.prodd.svc", Answer.OTHER_NAMESPACE),
        ("db.svc.cluster.local", Answer.MALFORMED),
        ("db-5.db.svc.cluster.local", Answer.MALFORMED),
        ("a.b.db.prod.svc", Answer.MALFORMED),
        ("db.prod.svc.cluster.loacl", Answer.MALFORMED),
        ("db.prod.svc.cluster", Answer.MALFORMED),
        ("my_db.prod.svc", Answer.MALFORMED),
        ("d" * 64 + ".prod.svc", Answer.MALFORMED),
    ],
)
def test_names_that_do_not(host: str, why: str) -> None:
    assert fault(host) == why


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "example.com",
        "kafka.apache.org",
        "redis",
        "redis.conf",
        "grafana.monitoring",
        "db.prod.svc.clusterset.local",
        "db.prod.svc.cluster2.local",
        "prod.svc.cluster.local",
        "www.prod",
    ],
)
def test_names_of_others_are_left_alone(host: str) -> None:
    assert look_up(host) is None


def test_other_namespaces_are_not_for_the_files_to_say() -> None:
    assert fault("grafana.monitoring.svc.cluster.local") == ""
    assert fault("kubernetes.default.svc") == ""


def test_a_short_name_binds_to_the_namespace_of_the_client() -> None:
    assert fault("db", "shop") == Answer.OTHER_NAMESPACE
    assert fault("db-5.db", "shop") == Answer.OTHER_NAMESPACE
    assert fault("db.prod", "shop") == ""


def test_two_labels_are_a_service_and_its_namespace_if_there_is_one() -> None:
    cluster = (
        CLUSTER
        + """---
apiVersion: v1
kind: Service
metadata: {name: db-0, namespace: db}
spec: {selector: {app: other}, ports: [{port: 80}]}
"""
    )
    reference = look_up("db-0.db", cluster=cluster)

    assert reference is not None
    assert reference.fault == ""
    assert (reference.record.service, reference.record.namespace) == ("db-0", "db")


def test_ordinals_start_counts_since_1_27() -> None:
    text = f"{CLUSTER}---{CLIENT % ('prod', 'db-0.db')}"
    found = documents(Source("cluster.yaml", text.encode()))
    objects = [manifest for document in found for manifest in manifests(document, 26)]

    (reference,) = World(objects, minor=26).hosts.of(objects[-1])

    assert reference.fault == ""


def test_names_in_host_aliases_are_known_to_the_pod() -> None:
    client = (CLIENT % ("prod", "db-5")).replace(
        "spec:", "spec:\n  hostAliases: [{ip: 10.0.0.7, hostnames: [db-5]}]"
    )
    found = documents(Source("cluster.yaml", f"{CLUSTER}---{client}".encode()))
    objects = [manifest for document in found for manifest in manifests(document, 37)]

    assert World(objects).hosts.of(objects[-1]) == []


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("REDIS_AUTH", "db-read:5432", 0),
        ("DB_PASSWORD", "db-read:5432", 0),
        ("db.users", "db-read:5432,queue:5672", 0),
        ("REDIS_AUTH", "db-read.prod:5432", 1),
        ("REDIS_AUTH", "x://db-read:5432", 1),
        ("DB_AUTHORITY", "db-read:5432", 1),
    ],
)
def test_a_user_with_a_password_is_no_host(name: str, value: str, count: int) -> None:
    client = (CLIENT % ("prod", "-")).replace("args:", f"env: [{{name: {name}, value: {value}}}] #")
    settings = f"""---
apiVersion: v1
kind: ConfigMap
metadata: {{name: client, namespace: prod}}
data: {{{name}: "{value}"}}
"""
    found = documents(Source("cluster.yaml", f"{CLUSTER}---{client}{settings}".encode()))
    objects = [manifest for document in found for manifest in manifests(document, 37)]
    hosts = World(objects).hosts

    assert [len(hosts.of(each)) for each in objects[-2:]] == [count, count]


@pytest.mark.parametrize(
    ("host", "faults"),
    [
        ("db", []),
        ("db-5.db", []),
        ("db.shop.svc", [Answer.OTHER_NAMESPACE]),
        ("web", [""]),
    ],
)
def test_a_search_path_of_its_own_may_lead_elsewhere(host: str, faults: list[str]) -> None:
    client = (CLIENT % ("shop", host)).replace(
        "spec:", "spec:\n  dnsConfig: {searches: [prod.svc.cluster.local]}"
    )
    found = documents(Source("cluster.yaml", f"{CLUSTER}---{client}".encode()))
    objects = [manifest for document in found for manifest in manifests(document, 37)]

    assert [each.fault for each in World(objects).hosts.of(objects[-1])] == faults
