"""The index of labels finds just the pods that a selector matches, whatever it asks for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hslint.document import documents
from hslint.manifest import manifests
from hslint.selector import Selector
from hslint.source import Source
from hslint.world import World

WORDS = st.sampled_from(["a", "b", "c"])
KEYS = st.sampled_from(["a", "b", "controller-uid"])  # the last one is set by a controller
LABELS = st.dictionaries(KEYS, WORDS, max_size=3)
OPERATORS = st.sampled_from(["In", "NotIn", "Exists", "DoesNotExist"])
EXPRESSION = st.tuples(KEYS, OPERATORS, st.lists(WORDS, max_size=2).map(tuple))
PODS = st.lists(st.tuples(st.sampled_from(["Deployment", "Job"]), WORDS, LABELS), max_size=6)


def world_of(pods: list[tuple[str, str, dict[str, str]]]) -> World:
    groups = {"Deployment": "apps/v1", "Job": "batch/v1"}
    text = "---\n".join(
        f"apiVersion: {groups[kind]}\nkind: {kind}\nmetadata: {{name: n{number}, namespace:"
        f" {namespace}}}\nspec: {{template: {{metadata: {{labels: {labels}}}}}}}\n"
        for number, (kind, namespace, labels) in enumerate(pods)
    )
    found = documents(Source("all.yaml", text.encode()))
    return World([manifest for document in found for manifest in manifests(document, 37)])


@given(PODS, LABELS, st.lists(EXPRESSION, max_size=2).map(tuple), WORDS)
def test_all_that_match_are_found(
    pods: list[tuple[str, str, dict[str, str]]],
    equal: dict[str, str],
    expressions: tuple[tuple[str, str, tuple[str, ...]], ...],
    namespace: str,
) -> None:
    world = world_of(pods)
    (client,) = manifests(
        next(documents(Source("x.yaml", b"{apiVersion: v1, kind: Service, metadata: {}}"))), 37
    )
    client.namespace = namespace
    selector = Selector(equal, expressions)

    assert [*world.select(selector, client)] == [
        each for each in world.pods if each.namespace == namespace and selector.matches(each)
    ]
