"""What other linters get wrong about wiring: right manifests they alarm on, wrong ones they pass.

Each test is a manifest of a few lines, and what is said of it at warning level and above.
"""

from __future__ import annotations

import pytest

from hslint import WARNING, registry
from hslint.examples import Example

RULES = registry.load()


def said(*documents: str, options: str = "") -> list[str]:
    """The rules that find something at warning level or above, each once."""
    found = Example("bad", options, "---\n".join(documents)).findings(RULES)
    return sorted({finding.rule for finding in found if finding.severity >= WARNING})


def service(spec: str, name: str = "db", metadata: str = "") -> str:
    """A Service; *spec* in flow style."""
    return (
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}{metadata}}}\nspec: {{{spec}}}\n"
    )


def pod(
    labels: str = "app: db",
    name: str = "db-pod",
    metadata: str = "",
    ports: str = "",
    more: str = "",
) -> str:
    """A Pod; *ports* and what *more* its spec has in flow style."""
    return (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {{{labels}}}{metadata}}}\n"
        f"spec: {{{more}containers: [{{name: main, image: mongo:8, ports: [{ports}]}}]}}\n"
    )


def workload(
    kind: str, spec: str = "", labels: str = "app: db", metadata: str = "", container: str = ""
) -> str:
    """A StatefulSet, Deployment or the like named ``db``."""
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: db{metadata}}}\n"
        f"spec:\n  selector: {{matchLabels: {{app: db}}}}\n"
        + "".join(f"  {line}\n" for line in spec.splitlines())
        + f"  template:\n    metadata: {{labels: {{{labels}}}}}\n"
        f"    spec: {{containers: [{{name: main, image: mongo:8{container}}}]}}\n"
    )


HEADLESS = service("clusterIP: None, selector: {app: db}, ports: [{name: db, port: 27017}]")
STATEFUL = workload("StatefulSet", "serviceName: db")
WEB = service("selector: {app: web}, ports: [{port: 80}]", name="web")
WEB_POD = pod("app: web", name="web", ports="{containerPort: 80}")


# -- a StatefulSet and its Service


def test_a_right_pair_without_namespaces() -> None:
    assert said(HEADLESS, STATEFUL) == []


def test_a_namespace_may_be_written_on_one_side_only() -> None:
    other = HEADLESS.replace("{name: db}", "{name: db, namespace: default}")

    assert said(other, STATEFUL) == []


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (HEADLESS.replace("{name: db}", "{name: mongo}"), "governing-service-missing"),
        (HEADLESS.replace("clusterIP: None, ", ""), "governing-service-not-headless"),
        (
            HEADLESS.replace("selector: {app: db}, ", ""),
            "governing-service-without-selector",
        ),
        (HEADLESS.replace("app: db", "app: web"), "governing-service-selects-other-pods"),
        (
            service("type: ExternalName, externalName: db.example.com"),
            "governing-service-external-name",
        ),
        (
            HEADLESS.replace("{name: db}", "{name: db, namespace: data}"),
            "governing-service-in-other-namespace",
        ),
    ],
)
def test_each_cause_has_a_rule_of_its_own(document: str, rule: str) -> None:
    stateful = STATEFUL.replace("{name: db}", "{name: db, namespace: prod}")
    if "namespace" not in document:
        document = document.replace("{name: ", "{namespace: prod, name: ")

    assert rule in said(document, stateful)


def test_a_stateful_set_may_need_no_service() -> None:
    assert said(workload("StatefulSet")) == []


def test_a_headless_service_and_one_for_clients_share_a_selector() -> None:
    clients = service("selector: {app: db}, ports: [{port: 27017}]", name="db-clients")

    assert said(HEADLESS, clients, STATEFUL) == []


def test_the_same_selector_in_two_namespaces() -> None:
    one, two = ", namespace: blue", ", namespace: green"
    spec = "selector: {app: db}, ports: [{port: 27017}]"

    assert (
        said(
            service(spec, metadata=one),
            pod(metadata=one),
            service(spec, metadata=two),
            pod(metadata=two),
        )
        == []
    )


def test_ordinals_begin_where_they_are_told_to() -> None:
    numbered = workload("StatefulSet", "serviceName: db\nreplicas: 2\nordinals: {start: 5}")
    env = ", env: [{name: PEERS, value: 'db-%d.db:27017'}]"
    client = pod("app: web", name="web")

    def calls(number: int) -> str:
        return client.replace(", ports", env % number + ", ports")

    assert said(HEADLESS, numbered, calls(6)) == []
    assert said(HEADLESS, numbered, calls(0)) == ["host-number-out-of-range"]


def test_endpoints_by_hand_may_have_the_name_that_a_set_lacks() -> None:
    numbered = workload("StatefulSet", "serviceName: db\nreplicas: 2\nordinals: {start: 5}")
    bare = service("clusterIP: None, ports: [{port: 27017}]")
    env = ", env: [{name: PEERS, value: 'db-0.db:27017'}], ports"
    client = pod("app: web", name="web").replace(", ports", env)
    by_hand = (
        "{apiVersion: v1, kind: Endpoints, metadata: {name: db}, subsets: [{addresses:"
        " [{ip: 10.1.2.3, hostname: db-0}], ports: [{port: 27017}]}]}"
    )

    assert "host-number-out-of-range" in said(bare, numbered, client)
    assert "host-number-out-of-range" not in said(bare, numbered, client, by_hand)


def test_a_service_for_one_pod_of_a_stateful_set() -> None:
    single = service(
        "selector: {statefulset.kubernetes.io/pod-name: db-%d}, ports: [{port: 27017}]",
        name="db-single",
    )
    numbered = workload("StatefulSet", "serviceName: db\nreplicas: 2")

    assert said(HEADLESS, numbered, single % 1) == []
    assert said(HEADLESS, numbered, single % 2) == ["pod-name-selector-out-of-range"]

    index = service(
        "selector: {app: db, apps.kubernetes.io/pod-index: '%d'}, ports: [{port: 27017}]",
        name="db-single",
    )
    assert said(HEADLESS, numbered, index % 1) == []
    assert said(HEADLESS, numbered, index % 2) == ["pod-name-selector-out-of-range"]


def test_a_mount_may_be_a_claim_template() -> None:
    claims = (
        "serviceName: db\nvolumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes:"
        " [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]"
    )
    mounts = ", volumeMounts: [{name: %s, mountPath: /data}]"

    assert said(HEADLESS, workload("StatefulSet", claims, container=mounts % "data")) == []
    assert "unknown-volume" in said(
        HEADLESS, workload("StatefulSet", claims, container=mounts % "dta")
    )


# -- selectors


def test_one_pod_must_carry_all_labels() -> None:
    both = service("selector: {app: db, tier: back}, ports: [{port: 27017}]")

    found = said(both, pod("app: db", name="one"), pod("tier: back", name="two"))

    assert found == ["selector-matches-no-pod"]


def test_the_labels_of_a_workload_are_not_those_of_its_pods() -> None:
    front = service("selector: {tier: front}, ports: [{port: 80}]", name="web")
    labelled = workload("Deployment", metadata=", labels: {tier: front}")

    assert said(front, labelled) == ["selector-matches-no-pod"]
    assert said(front, workload("Deployment", labels="app: db, tier: front")) == []


def test_only_what_makes_pods_can_be_selected() -> None:
    budget = (
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\n"
        "metadata: {name: db, labels: {app: web}}\n"
        "spec: {minAvailable: 1, selector: {matchLabels: {app: db}}}\n"
    )

    assert said(WEB, budget, pod(), options="closed-world") == ["selector-matches-no-pod"]


def test_the_pods_of_a_cron_job() -> None:
    job = (
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: web}\nspec:\n"
        "  schedule: '@daily'\n  jobTemplate:\n    metadata: {labels: {%s}}\n"
        "    spec: {template: {metadata: {labels: {%s}}, spec: {restartPolicy: Never, containers:"
        " [{name: web, image: nginx:1.29}]}}}\n"
    )

    assert said(WEB, job % ("", "app: web")) == []
    assert said(WEB, job % ("app: web", "")) == ["selector-matches-no-pod"]


@pytest.mark.parametrize("kind", ["Deployment", "ReplicaSet", "DaemonSet"])
def test_every_kind_that_makes_pods_counts(kind: str) -> None:
    assert said(service("selector: {app: db}, ports: [{port: 80}]"), workload(kind)) == []


def test_an_argo_rollout_makes_pods() -> None:
    rollout = workload("Rollout").replace("apps/v1", "argoproj.io/v1alpha1")

    assert said(service("selector: {app: db}, ports: [{port: 80}]"), rollout) == []


def test_an_operator_may_make_the_pods() -> None:
    cluster = (
        "apiVersion: db.example.com/v1\nkind: Cluster\nmetadata: {name: web}\nspec: {size: 3}\n"
    )

    assert said(WEB, cluster) == []


def test_folders_meet() -> None:
    assert said("# file: services/web.yaml\n" + WEB, "# file: pods/web.yaml\n" + WEB_POD) == []


def test_an_external_name_selects_nothing() -> None:
    assert said(service("type: ExternalName, externalName: db.example.com")) == []


def test_an_empty_selector_is_not_everything() -> None:
    empty = service("clusterIP: None, selector: {}, ports: [{name: db, port: 27017}]")

    assert said(empty, STATEFUL) == ["governing-service-without-selector"]


def test_endpoints_may_be_written_by_hand() -> None:
    bare = service("ports: [{name: db, port: 5432}]")
    piece = (
        "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n"
        "metadata: {name: db-1, labels: {kubernetes.io/service-name: %s}}\naddressType: IPv4\n"
        "endpoints: [{addresses: [10.1.2.3]}]\nports: [{name: db, port: 5432}]\n"
    )

    assert said(bare, piece % "db") == []
    assert "endpoints-without-service" in said(bare, piece % "dbx")


# -- ports


def test_a_number_need_not_be_declared() -> None:
    undeclared = service("selector: {app: db}, ports: [{port: 80, targetPort: 8080}]")
    probe = "readinessProbe: {tcpSocket: {port: 9000}}, "

    assert said(undeclared, pod(ports="{containerPort: 80}")) == []
    assert said(undeclared, pod().replace("image:", probe + "image:")) == []


@pytest.mark.parametrize(
    ("restart", "version", "rules"),
    [
        ("restartPolicy: Always, ", "", []),
        ("restartPolicy: Always, ", "1.32", ["target-port-only-in-sidecar"]),
        ("", "", ["target-port-not-found"]),
    ],
)
def test_ports_of_init_containers(restart: str, version: str, rules: list[str]) -> None:
    init = (
        f"initContainers: [{{name: proxy, {restart}image: envoyproxy/envoy:v1.34.0,"
        " ports: [{name: admin, containerPort: 9901}]}], "
    )
    admin = service("selector: {app: db}, ports: [{port: 9901, targetPort: admin}]")

    assert said(admin, pod(more=init), options=version) == rules


def test_a_port_is_named_together_with_its_protocol() -> None:
    udp = service("selector: {app: db}, ports: [{port: 53, protocol: UDP, targetPort: dns}]")

    found = said(udp, pod(ports="{name: dns, containerPort: 53}"))

    assert found == ["target-port-other-protocol"]


def test_every_pod_is_looked_at() -> None:
    named = service("selector: {app: db}, ports: [{port: 80, targetPort: http}]")
    one = pod(name="one", ports="{name: http, containerPort: 80}")

    found = said(named, one, pod(name="two", ports="{name: web, containerPort: 80}"))

    assert "target-port-in-some-pods" in found


def test_the_port_of_a_headless_service_is_not_translated() -> None:
    moved = service(
        "clusterIP: None, selector: {app: web}, ports: [{name: a, port: 81, targetPort: 80}]"
    )

    assert said(moved, WEB_POD) == ["headless-port-mismatch"]


# -- Ingresses


def ingress(backend: str) -> str:
    """An Ingress with one backend for all requests, in flow style."""
    return (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\n"
        f"spec: {{defaultBackend: {backend}}}\n"
    )


@pytest.mark.parametrize("name", ["", "name: http, "])
def test_a_wrong_number_does_not_match_a_missing_name(name: str) -> None:
    web = WEB.replace("{port: 80}", f"{{{name}port: 80}}")

    found = said(web, WEB_POD, ingress("{service: {name: web, port: {number: 8080}}}"))

    assert found == ["backend-port-not-found"]


def test_a_default_backend_is_a_backend() -> None:
    found = said(WEB, WEB_POD, ingress("{service: {name: wbe, port: {number: 80}}}"))

    assert found == ["backend-service-missing"]


def test_a_backend_may_be_a_resource() -> None:
    bucket = ingress("{resource: {apiGroup: k8s.example.com, kind: StorageBucket, name: static}}")

    assert said(bucket) == []


# -- autoscalers and budgets


def autoscaler(target: str, metadata: str = "") -> str:
    """A HorizontalPodAutoscaler of a target in flow style."""
    return (
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
        f"metadata: {{name: db{metadata}}}\n"
        f"spec: {{scaleTargetRef: {{{target}}}, maxReplicas: 3}}\n"
    )


DEPLOYMENT = "apiVersion: apps/v1, kind: Deployment, name: db"


def test_a_target_of_the_core_group() -> None:
    controller = (
        "apiVersion: v1\nkind: ReplicationController\nmetadata: {name: db}\n"
        "spec: {selector: {app: db}, template: {metadata: {labels: {app: db}}, spec: {containers:"
        " [{name: main, image: mongo:8}]}}}\n"
    )
    target = "apiVersion: v1, kind: ReplicationController, name: db"

    assert said(controller, autoscaler(target)) == []


def test_a_target_is_in_the_namespace_of_its_autoscaler() -> None:
    deployment = workload("Deployment", metadata=", namespace: data")

    assert said(deployment, autoscaler(DEPLOYMENT, ", namespace: data")) == []
    assert said(deployment, autoscaler(DEPLOYMENT, ", namespace: web")) == ["scale-target-missing"]


def test_a_target_may_be_a_custom_resource() -> None:
    target = "apiVersion: db.example.com/v1, kind: Cluster, name: db"

    assert said(autoscaler(target)) == []


def test_a_missing_target() -> None:
    target = "apiVersion: apps/v1, kind: StatefulSet, name: dbx"

    assert said(HEADLESS, STATEFUL, autoscaler(target)) == ["scale-target-missing"]


def budget(selector: str) -> str:
    """A PodDisruptionBudget with a selector in flow style."""
    return (
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: db}\n"
        f"spec: {{minAvailable: 1, selector: {{{selector}}}}}\n"
    )


@pytest.mark.parametrize(
    ("selector", "rules"),
    [
        ("matchLabels: {app: db}", []),
        ("matchExpressions: [{key: app, operator: In, values: [db, web]}]", []),
        ("matchExpressions: [{key: app, operator: Exists}]", []),
        ("matchLabels: {app: db, tier: back}", ["budget-selects-no-pod"]),
        (
            "matchExpressions: [{key: app, operator: NotIn, values: [db]}]",
            ["budget-selects-no-pod"],
        ),
    ],
)
def test_a_budget_selects_by_all_its_labels_and_expressions(
    selector: str, rules: list[str]
) -> None:
    assert said(budget(selector), HEADLESS, STATEFUL) == rules


# -- monitors and policies


def monitor(namespaces: str, port: str = "http") -> str:
    """A ServiceMonitor in namespace ``monitoring``, with a namespaceSelector in flow style."""
    return (
        "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\n"
        "metadata: {name: web, namespace: monitoring}\n"
        f"spec: {{{namespaces}selector: {{matchLabels: {{app: web}}}},"
        f" endpoints: [{{port: {port}}}]}}\n"
    )


def test_a_monitor_looks_in_its_own_namespace_unless_told() -> None:
    inside = ", namespace: shop"
    web = service(
        "selector: {app: web}, ports: [{name: http, port: 80}]",
        name="web",
        metadata=", labels: {app: web}" + inside,
    )
    pods = pod("app: web", metadata=inside, ports="{containerPort: 80}")

    assert said(web, pods, monitor("")) == ["service-monitor-selects-no-service"]
    assert said(web, pods, monitor("namespaceSelector: {any: true}, ")) == []
    assert said(web, pods, monitor("namespaceSelector: {matchNames: [shop]}, ")) == []
    assert said(web, pods, monitor("namespaceSelector: {any: true}, ", "metrics")) == [
        "monitor-port-not-found"
    ]


def test_a_policy_is_about_the_ports_of_pods() -> None:
    policy = (
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\n"
        "spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]},"
        " ingress: [{ports: [{port: %s}]}]}\n"
    )
    moved = WEB.replace("{port: 80}", "{port: 8080, targetPort: 80}")

    assert said(moved, WEB_POD, policy % 80) == []
    assert said(moved, WEB_POD, policy % 8080) == ["network-policy-allows-service-port"]


# -- references


def test_keys_are_looked_for_in_the_namespace_of_the_pods() -> None:
    settings = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: %s}\n"
        "data: {level: info}\n"
    )
    env = "env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: settings, key: %s}}}], "

    def needs(key: str) -> str:
        reader = pod(metadata=", namespace: shop")
        return reader.replace("image:", env % key + "image:")

    assert said(settings % "shop", needs("level")) == []
    assert said(settings % "shop", needs("colour")) == ["missing-config-key"]
    assert "missing-config-key" not in said(settings % "other", needs("colour"))


def test_a_name_in_a_text_is_a_reference() -> None:
    env = ", env: [{name: HOST, value: db-0.%s.default.svc.cluster.local}]"
    client = pod("app: web", name="web").replace(", ports", env + ", ports")

    assert said(HEADLESS, STATEFUL, client % "db") == []
    assert said(HEADLESS, STATEFUL, client % "dbx") == ["pod-name-below-other-service"]


def test_the_same_object_twice() -> None:
    assert "duplicate-object" in said(WEB, WEB.replace("80", "81"), WEB_POD)


@pytest.mark.parametrize(
    ("ports", "options", "rules"),
    [
        ("{port: 27017}", "", ["egress-without-dns"]),
        ("{port: 53}", "", ["egress-without-dns"]),
        ("{protocol: TCP}", "", ["egress-without-dns"]),
        ("{port: 53}", "dnsConfig: {options: [{name: use-vc}]}, ", []),
        ("{port: 53, protocol: UDP}", "", []),
        ("{protocol: UDP}", "", []),
        ("{port: 1, endPort: 99, protocol: UDP}", "", []),
    ],
)
def test_resolvers_ask_by_udp(ports: str, options: str, rules: list[str]) -> None:
    policy = (
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\n"
        f"spec: {{podSelector: {{}}, policyTypes: [Egress], egress: [{{ports: [{ports}]}}]}}\n"
    )
    host = "command: [wait, db.default.svc], "
    client = pod("app: web", "web", ports="{containerPort: 80}", more=options)
    client = client.replace("ports:", host + "ports:")

    assert said(client, WEB, policy) == rules
