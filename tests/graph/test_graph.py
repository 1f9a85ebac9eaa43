"""Every reference is an edge; what is broken shows where it is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.graph import Graph

    Draw = Callable[[str], Graph]


def edges(graph: Graph) -> set[tuple[str, str, str]]:
    """Each edge as (from, what is written on it, to)."""
    return {
        (
            f"{edge.source.kind}/{edge.source.name}",
            edge.label,
            f"{edge.target.kind}/{edge.target.name}",
        )
        for edge in graph.edges
    }


def test_each_reference_is_an_edge(draw: Draw, shop: str) -> None:
    graph = draw(shop)
    assert edges(graph) == {
        ("Ingress/front", "to port http", "Service/web"),
        ("Service/web", "80 → 8080", "Deployment/web"),
        ("HorizontalPodAutoscaler/web", "scales", "Deployment/web"),
        ("PodDisruptionBudget/web", "protects", "Deployment/web"),
        ("NetworkPolicy/web", "is for", "Deployment/web"),
        ("ServiceMonitor/web", "scrapes http", "Service/web"),
        ("ConfigMap/settings", "calls web.shop.svc", "Service/web"),
        ("Deployment/web", "calls db-0.db:5432", "Service/db"),
        ("Service/db", "5432", "StatefulSet/db"),
        ("StatefulSet/db", "named by", "Service/db"),
    }
    assert not any(edge.problems for edge in graph.edges)
    assert not any(vertex.problems or vertex.missing for vertex in graph.vertices)


def test_a_vertex_tells_what_matters(draw: Draw, shop: str) -> None:
    lines = {f"{v.kind}/{v.name}": v.lines for v in draw(shop).vertices}
    assert lines["Service/db"] == ["headless", "pg 5432"]
    assert lines["StatefulSet/db"] == ["db-0 to db-1", "pg 5432"]
    assert lines["Deployment/web"] == ["pods", "web 8080"]  # an autoscaler sets how many
    assert lines["Ingress/front"] == ["shop.example.com"]


@pytest.mark.parametrize(
    ("right", "wrong", "source", "missing"),
    [
        ("serviceName: db", "serviceName: dbs", "StatefulSet", "Service/dbs"),
        ("{name: web, port: {name", "{name: wbe, port: {name", "Ingress", "Service/wbe"),
        ("kind: Deployment, name: web", "kind: Deployment, name: wbe", "Horizontal", "wbe"),
        ("web.shop.svc", "webs.shop.svc", "ConfigMap", "Service/webs"),
        (
            "1, selector: {matchLabels: {app: web",
            "1, selector: {matchLabels: {app: wbe",
            "Pod",
            "wbe",
        ),
        ("{selector: {app: web}, ports", "{selector: {app: wbe}, ports", "Service", "app=wbe"),
        ("{app: web}}, endpoints", "{app: wbe}}, endpoints", "ServiceMonitor", "app=wbe"),
    ],
)
def test_a_reference_to_nothing_is_a_broken_edge_to_something_missing(
    draw: Draw, shop: str, right: str, wrong: str, source: str, missing: str
) -> None:
    assert right in shop
    broken = [edge for edge in draw(shop.replace(right, wrong)).edges if edge.target.missing]
    assert [f"{e.target.kind}/{e.target.name}".endswith(missing) for e in broken] == [True]
    assert broken[0].source.kind.startswith(source)
    assert broken[0].problems
    assert broken[0].target.problems


def test_a_wrong_port_is_wrong_on_its_edge_alone(draw: Draw, shop: str) -> None:
    graph = draw(shop.replace("targetPort: web", "targetPort: webs"))
    (edge,) = (edge for edge in graph.edges if edge.problems)
    assert edge.label == "80 → ?"
    assert not any(vertex.problems for vertex in graph.vertices)


def test_what_is_about_no_reference_is_wrong_with_the_object(draw: Draw, shop: str) -> None:
    graph = draw(shop.replace("minAvailable: 1", "minAvailable: 1, minAvailabel: 1"))
    (vertex,) = (vertex for vertex in graph.vertices if vertex.problems)
    assert vertex.kind == "PodDisruptionBudget"
    assert not any(edge.problems for edge in graph.edges)


def test_what_is_only_not_in_the_files_is_missing_and_not_broken(draw: Draw) -> None:
    graph = draw("""
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
""")
    (edge,) = graph.edges
    assert (edge.target.missing, edge.problems, edge.target.problems) == (True, [], [])


def test_the_order_of_the_objects_does_not_matter(draw: Draw, shop: str) -> None:
    turned = "---".join(reversed(shop.split("---")))
    assert edges(draw(turned)) == edges(draw(shop))
    assert [v.name for v in draw(turned).vertices] == [v.name for v in draw(shop).vertices]
